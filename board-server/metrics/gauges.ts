import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';
import type { HallState } from './metrics.ts';

/** Gauges of the hall itself; answers how to bring all of them up to one look at it. */
export function createGauges(registry: Registry): (state: HallState) => void {
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({
      name: `openhall_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    });
  const ready = gauge('ready', '1 while the hall can do everything, as /readyz says');
  const screens = gauge('screens', 'Screens by how they stand, as the console lists them', [
    'state',
  ]);
  const connected = gauge('screens_connected', 'Screens with a socket open');
  const store = gauge('store_state', '1 for the state the store is in', ['state']);
  const documents = gauge('store_documents', 'Documents in the store');
  const journal = gauge('store_journal_bytes', 'Journal that a start would replay');
  const damaged = gauge('store_damaged_files', 'Files found damaged and kept in quarantine');
  const objects = gauge('objects', 'Objects that are kept');
  const inMemory = gauge('objects_in_memory', 'Objects that memory holds');
  const audit = gauge('audit_entries', 'Number of the newest entry of the audit log');
  const version = gauge('published_version', 'Version of the head that is out');
  return (state) => {
    ready.set(state.ready);
    set(screens, state.screens);
    connected.set(state.connected);
    set(store, state.store);
    documents.set(state.documents);
    journal.set(state.journalBytes);
    damaged.set(state.damaged);
    objects.set(state.objects);
    inMemory.set(state.inMemory);
    audit.set(state.auditEntries);
    version.set(state.publishedVersion);
  };
}

function set(labelled: Gauge, values: Readonly<Record<string, number>>): void {
  for (const [state, value] of Object.entries(values)) labelled.set({ state }, value);
}
