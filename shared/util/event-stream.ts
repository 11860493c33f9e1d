/** Characters that one event may have; news are far smaller. */
const LONGEST = 64 * 1024;

/**
 * Reads server-sent events (HTML standard, 9.2) from text as it comes in pieces; of each the data is told, other fields are not used
 * here. Answers false where an event is too long to be one: whoever sends that is not to be listened to.
 */
export function readEvents(onEvent: (data: string) => void): (piece: string) => boolean {
  let rest = '';
  let data: string[] = [];
  let size = 0;
  let endsInReturn = false;
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onEvent(data.join('\n'));
      data = [];
      size = 0;
    } else if (text === 'data') data.push('');
    else if (text.startsWith('data:')) data.push(text.slice(text.startsWith('data: ') ? 'data: '.length : 'data:'.length));
    size += text.length;
  };
  return (piece) => {
    // a line that ended with a return at the end of the last piece may have its line feed at the beginning of this one
    const text = rest + (endsInReturn && piece.startsWith('\n') ? piece.slice(1) : piece);
    endsInReturn = piece === '' ? endsInReturn : piece.endsWith('\r');
    const lines = text.split(/\r\n|\r|\n/);
    rest = lines.pop() ?? '';
    lines.forEach(line);
    return size + rest.length <= LONGEST;
  };
}
