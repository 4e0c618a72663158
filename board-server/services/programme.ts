import type { Slot, SlotWindow } from '../../shared/domain/programme.ts';
import { turnsFor } from '../../shared/domain/turn.ts';
import type { RecordId } from '../../shared/kit/ids.ts';
import { id, isRecordId, isSlotId } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { AuditAction } from '../../shared/protocol/audit.ts';
import type { InputOf, OutputOf, SlotView } from '../../shared/protocol/routes.ts';
import type { Announcer } from '../live/announcer.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Handlers, Reply, RequestContext, SignedIn } from '../routes/handlers.ts';
import type { Change, Store } from '../store/store.ts';
import type { Approved, ApprovedItems } from './approved-items.ts';
import { audited } from './audit.ts';
import { readBoardLayers } from './board-layers.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Publishing } from './publishing.ts';
import { notOut } from './publishing.ts';
import { renderRecord } from './record-rendering.ts';
import { publicityOf } from './record-views.ts';
import type { Collections, SlotDocument } from './stored.ts';
import { HALL } from './stored.ts';

type Owned = 'programme' | 'putSlot' | 'removeSlot' | 'interrupt' | 'boardLayers';

export interface ProgrammeDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'slots' | 'records' | 'programmes' | 'halls'>;
  readonly items: ApprovedItems;
  readonly objects: Pick<ObjectStore, 'read'>;
  readonly publishing: Pick<Publishing, 'publish' | 'current'>;
  readonly announcer: Pick<Announcer, 'changed'>;
  readonly random: (bytes: number) => Uint8Array;
}

/** What boards play and when; every change is published at once. */
export function createProgrammeHandlers(deps: ProgrammeDeps): Pick<Handlers, Owned> {
  const { collections, publishing, objects } = deps;
  return {
    async programme(context) {
      const slots = collections.slots.list().map(({ value }) => viewOf(deps, value, context.now()));
      return accepted({ slots, revision: collections.programmes.get(HALL)?.revision ?? 0 });
    },
    putSlot: (context, input) => putSlot(deps, context, input),
    removeSlot: (context, { id: slot }) => removeSlot(deps, context, slot),
    interrupt: (context, { record }) => interrupt(deps, context, record),
    boardLayers: async (_context, { profile }) =>
      readBoardLayers(objects, publishing.current()?.document, profile),
  };
}

async function putSlot(
  deps: ProgrammeDeps,
  context: RequestContext,
  { id: slot, record, class: slotClass, window, order }: InputOf<'putSlot'>,
): Promise<Reply<SlotView>> {
  const may = context.require('programme.edit', null);
  if (!may.ok) return may;
  const now = context.now();
  if (isOver(window, now)) return refused('window-empty', slot);
  const before = deps.collections.slots.get(slot);
  const fixed =
    before === undefined ? await newPhase(deps, record, window, now) : accepted(before.value);
  if (!fixed.ok) return fixed;
  // [PB6] When and how long it takes its turn was settled when it was made.
  const { phaseAt, turnSeconds } = fixed.value;
  const document: SlotDocument = {
    v: 1,
    id: slot,
    record,
    class: slotClass,
    window,
    order,
    phaseAt,
    turnSeconds,
  };
  return keepSlot(deps, may.value, now, document, before?.revision ?? 0, 'slot.put');
}

/** 立即插播: three turns on the slowest board, from now. */
async function interrupt(
  deps: ProgrammeDeps,
  context: RequestContext,
  record: RecordId,
): Promise<Reply<SlotView>> {
  const approved = deps.items.get(record);
  const may = context.require('programme.interrupt', null);
  if (!may.ok) return may;
  const now = context.now();
  if (!isReady(deps.items, approved, now)) return refused('not-published', record);
  const turnSeconds = turnsFor(approved.item.boards);
  const longest = Math.max(...Object.values(turnSeconds));
  const document: SlotDocument = {
    v: 1,
    id: id(isSlotId, `now-${Buffer.from(deps.random(6)).toString('hex')}`),
    record,
    class: 'interrupt',
    window: { kind: 'during', from: now, until: now + INTERRUPT_TURNS * longest * 1000 },
    phaseAt: now,
    order: 0,
    turnSeconds,
  };
  return keepSlot(deps, may.value, now, document, 0, 'slot.interrupt');
}

const INTERRUPT_TURNS = 3;

async function removeSlot(
  { store, collections, publishing, announcer }: ProgrammeDeps,
  context: RequestContext,
  slot: string,
): Promise<Reply<OutputOf<'removeSlot'>>> {
  const may = context.require('programme.edit', null);
  if (!may.ok) return may;
  const kept = collections.slots.get(slot);
  if (kept === undefined) return refused('not-found', slot);
  const by = may.value.personRef;
  const committed = await store.commit({
    removes: [collections.slots.key(slot)],
    puts: [collections.programmes.put(HALL, { v: 1, changedAt: context.now(), changedBy: by })],
    ifVersions: [collections.slots.expect(slot, kept.revision)],
    appends: [
      audited({ by, action: 'slot.remove', subject: `slot:${slot}`, detail: kept.value.record }),
    ],
  });
  if (!committed.ok) return refusalOfCommit(committed);
  announcer.changed({ topic: 'programme', id: slot });
  const published = await publishing.publish({ by, reason: `slot.remove ${slot}` });
  return published.ok ? accepted({ ok: true }) : notOut(published);
}

/** Commits a slot, clears away interruptions that are long over, and publishes. */
async function keepSlot(
  deps: ProgrammeDeps,
  { personRef: by }: SignedIn,
  now: number,
  document: SlotDocument,
  revision: number,
  action: AuditAction,
): Promise<Reply<SlotView>> {
  const { store, publishing, announcer } = deps;
  const { slots, programmes } = deps.collections;
  const committed = await store.commit({
    puts: [
      slots.put(document.id, document),
      programmes.put(HALL, { v: 1, changedAt: now, changedBy: by }),
    ],
    removes: pastInterrupts(deps, now, document.id),
    ifVersions: [slots.expect(document.id, revision)],
    appends: [audited({ by, action, subject: `slot:${document.id}`, detail: document.record })],
  });
  if (!committed.ok) return refusalOfCommit(committed);
  announcer.changed({ topic: 'programme', id: document.id });
  const published = await publishing.publish({ by, reason: `${action} ${document.id}` });
  return published.ok ? accepted(viewOf(deps, document, now)) : notOut(published);
}

const DAY_MS = 86_400_000;

function pastInterrupts(
  { collections }: ProgrammeDeps,
  now: number,
  kept: string,
): NonNullable<Change['removes']> {
  return collections.slots
    .list()
    .filter(
      ({ id: slot, value: { class: kind, window } }) =>
        slot !== kept && kind === 'interrupt' && isOver(window, now - DAY_MS),
    )
    .map(({ id: slot }) => collections.slots.key(slot));
}

/** Whether a window has no moment left after `t`. */
function isOver(window: SlotWindow, t: number): boolean {
  return window.kind !== 'always' && (window.until <= t || window.from >= window.until);
}

/** A slot begins its turns when its window opens, so that what comes first then comes first. */
async function newPhase(
  { collections, items }: ProgrammeDeps,
  record: RecordId,
  window: SlotWindow,
  now: number,
): Promise<Reply<Pick<Slot, 'phaseAt' | 'turnSeconds'>>> {
  const phaseAt = window.kind === 'during' ? Math.max(now, window.from) : now;
  const boards = items.get(record)?.item.boards;
  if (boards !== undefined) return accepted({ phaseAt, turnSeconds: turnsFor(boards) });
  const draft = collections.records.get(record);
  if (draft === undefined) return refused('not-found', record);
  const rendered = await renderRecord(collections, record, draft.value, now);
  return rendered.ok
    ? accepted({ phaseAt, turnSeconds: turnsFor(rendered.value.item.boards) })
    : rendered;
}

function isReady(
  items: ApprovedItems,
  approved: Approved | undefined,
  t: number,
): approved is Approved {
  return (
    approved !== undefined &&
    publicityOf(items, approved, t).state === 'published' &&
    approved.item.carriers.includes('board')
  );
}

function viewOf({ collections, items }: ProgrammeDeps, slot: SlotDocument, t: number): SlotView {
  const approved = items.get(id(isRecordId, slot.record));
  const { id: name, record, class: slotClass, window, order, phaseAt, turnSeconds } = slot;
  return {
    id: name,
    record,
    class: slotClass,
    window,
    order,
    phaseAt,
    turnSeconds: { ...turnSeconds },
    title:
      approved?.item.listing.title ??
      collections.records.get(slot.record)?.value.body.fields.title ??
      '',
    ready: isReady(items, approved, t),
  };
}
