// Debian's mail server (Exim) on loopback: takes every mail, one file each.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages, isRoot } from './debian-packages.ts';
import { freePort } from './postgres.ts';

const EXIM = '/usr/sbin/exim4';

/** Why tests on a real mail server cannot run here; undefined where they can, on Debian after installing it. */
export function whyNoMailServer(): string | undefined {
  if (!existsSync(EXIM) && !(installPackages('exim4-daemon-light', 'openssl') && existsSync(EXIM))) return 'no mail server';
  return isRoot() ? undefined : 'a mail server of its own wants root';
}

export type TestMailServer = {
  readonly port: number;
  /** Every mail that has been taken, as it stands in its file. */
  readonly mails: () => readonly string[];
  /** How often each Message-ID has been taken. */
  readonly counts: () => Readonly<Record<string, number>>;
  readonly stop: () => Promise<void>;
};
export type MailServerOptions = {
  /** Seconds that it thinks about a mail before it says that it has taken it. */
  readonly thinks?: number;
  /** Key and certificate: it offers STARTTLS. */
  readonly tls?: { readonly key: string; readonly certificate: string };
};

/** Any recipient with this local part is refused for good. */
export const REFUSED = 'nobody';

function configuration(folder: string, port: number, { thinks = 0, tls }: MailServerOptions): string {
  return `
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/pid
primary_hostname = mail.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_on_connect_ports =
${tls === undefined ? 'tls_advertise_hosts =' : `tls_advertise_hosts = *\ntls_certificate = ${tls.certificate}\ntls_privatekey = ${tls.key}`}
never_users =
keep_environment =
host_lookup =
rfc1413_hosts =
message_size_limit = 20M
queue_only = false
acl_smtp_rcpt = check_rcpt
acl_smtp_data = check_data
begin acl
check_rcpt:
  deny local_parts = ${REFUSED}
       message = no such person
  accept
check_data:
  accept${thinks === 0 ? '' : ` delay = ${thinks}s`}
begin routers
all:
  driver = accept
  transport = save
begin transports
save:
  driver = appendfile
  directory = ${folder}/mail
  maildir_format
  user = Debian-exim
  group = Debian-exim
  delivery_date_add
begin retry
* * F,1h,1s
`;
}

async function listens(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the mail server ended with ${child.exitCode}`);
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(socket.destroy() !== undefined));
      socket.once('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
}

/** Starts one in a temporary folder. */
export async function startMailServer(options: MailServerOptions = {}): Promise<TestMailServer> {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-mail-'));
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'Debian-exim'], { encoding: 'utf8' }).stdout));
  for (const name of ['', 'spool', 'log', 'mail']) {
    mkdirSync(join(folder, name), { recursive: true });
    chownSync(join(folder, name), uid ?? 0, gid ?? 0);
    chmodSync(join(folder, name), 0o750);
  }
  const port = await freePort();
  const file = join(folder, 'exim.conf');
  writeFileSync(file, configuration(folder, port, options));
  const child = spawn(EXIM, ['-C', file, '-bdf', '-q1m'], { stdio: 'ignore' });
  await listens(port, child);
  const taken = (): readonly string[] => {
    const into = join(folder, 'mail', 'new');
    return existsSync(into) ? readdirSync(into).map((name) => readFileSync(join(into, name), 'utf8')) : [];
  };
  return {
    port,
    mails: taken,
    counts: () => {
      const counts: Record<string, number> = {};
      for (const mail of taken()) {
        const id = /^message-id: *(<[^>]+>)/im.exec(mail)?.[1] ?? '';
        counts[id] = (counts[id] ?? 0) + 1;
      }
      return counts;
    },
    stop: async () => {
      const ended = new Promise((resolve) => void child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
