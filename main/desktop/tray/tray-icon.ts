/** The sign in the tray: a PNG of 32 × 32, apart from the icons of the packages, which the system keeps. */
export const TRAY_ICON =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAAVklEQVR42mNgGAWjYKgAK6/5/0nBow6gqQMoUTPqAJrEN1XTBa0sJ9oRow4YMg5AB1RzwMs3P/4Tg9EBsfoGvwMGPApGHTBaDow6YMAdMODtgVEw4gAAuqVAEQNU41QAAAAASUVORK5CYII=';
