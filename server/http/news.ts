import { sql, type Storage } from '../storage/storage.ts';

const heads = sql('heads', 'select id, head from tenant where id = any($1::text[])');

export type Listener = { readonly tell: (head: number) => void; readonly beat: () => void; readonly end: () => void };

/** Wakes devices when their tenant has something new (S17); what is new they pull. */
export type News = {
  /** Hears of changes from now on; a device that listens a second time ends the first. Answers how to stop. */
  readonly listen: (tenant: string, device: string, listener: Listener) => () => void;
  readonly listeners: () => number;
  readonly close: () => void;
};

const BEAT_MS = 15_000;

export type NewsTools = { readonly storage: Storage; readonly everyMs: number; readonly onFault: (thrown: unknown) => void };

/**
 * Opens the ticker of this instance: one statement asks for the newest numbers of all tenants that someone here listens to. Nothing
 * notifies within a transaction, which would put a lock on the whole database (S18).
 */
export function openNews({ storage, everyMs, onFault }: NewsTools): News {
  const tenants = new Map<string, Map<string, Listener>>();
  const known = new Map<string, number>();
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking || tenants.size === 0) return;
    isAsking = true;
    try {
      for (const { id, head } of await storage.global<{ id: string; head: number }>(heads, [[...tenants.keys()]])) {
        const before = known.get(id);
        known.set(id, head);
        if (before !== head) for (const listener of tenants.get(id)?.values() ?? []) listener.tell(head);
      }
    } catch (thrown) {
      onFault(thrown);
    } finally {
      isAsking = false;
    }
  };
  const ticker = setInterval(() => void ask(), everyMs);
  const heart = setInterval(() => {
    for (const devices of tenants.values()) for (const listener of devices.values()) listener.beat();
  }, BEAT_MS);
  const drop = (tenant: string, device: string, listener: Listener): void => {
    const devices = tenants.get(tenant);
    if (devices?.get(device) !== listener) return;
    devices.delete(device);
    if (devices.size > 0) return;
    tenants.delete(tenant);
    known.delete(tenant);
  };
  return {
    listen: (tenant, device, listener) => {
      const devices = tenants.get(tenant) ?? new Map<string, Listener>();
      tenants.set(tenant, devices);
      devices.get(device)?.end();
      devices.set(device, listener);
      const head = known.get(tenant);
      if (head !== undefined) listener.tell(head);
      return () => drop(tenant, device, listener);
    },
    listeners: () => [...tenants.values()].reduce((sum, devices) => sum + devices.size, 0),
    close: () => {
      clearInterval(ticker);
      clearInterval(heart);
      for (const devices of tenants.values()) for (const listener of devices.values()) listener.end();
      tenants.clear();
    },
  };
}
