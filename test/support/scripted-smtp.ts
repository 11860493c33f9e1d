// A mail server on loopback that plays a scene.
import { createServer, type Socket } from 'node:net';

export type ScriptedSmtp = { readonly port: number; readonly mails: readonly string[]; readonly close: () => void };

/** Takes everything up to the last dot; `answer` says what follows it. */
export async function scriptedSmtp(answer: (socket: Socket) => void): Promise<ScriptedSmtp> {
  const mails: string[] = [];
  const server = createServer((socket) => {
    socket.write('220 scene\r\n');
    let text = '';
    let isData = false;
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      text += part.toString();
      if (isData && text.endsWith('\r\n.\r\n')) {
        mails.push(text);
        isData = false;
        text = '';
        return answer(socket);
      }
      for (let end = text.indexOf('\r\n'); end >= 0 && !isData; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (line === 'DATA') isData = true;
        socket.write(line === 'DATA' ? '354 go\r\n' : '250 fine\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { mails, port: typeof address === 'object' && address ? address.port : 0, close: () => void server.close() };
}
