/** Largest file that can be attached, in bytes. */
export const MAX_ATTACHMENT_BYTES = 512 * 1024 * 1024;
/** A file goes to the engine and back in parts of so many bytes: each is hashed and written in some milliseconds. */
export const PART_BYTES = 512 * 1024;
/** Largest picture that is shown within a page, in bytes. */
export const MAX_SHOWN_IMAGE_BYTES = 20 * 1024 * 1024;
