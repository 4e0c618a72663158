import { isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { InputOf, ScreenView } from '../../shared/protocol/routes.ts';
import { device } from '../../shared/protocol/statements.ts';

/** A screen as typed: numbers are text until they are whole. */
export interface ScreenFields {
  readonly id: string;
  readonly name: string;
  readonly kind: 'touch' | 'board';
  readonly profile: string;
  readonly width: string;
  readonly height: string;
  readonly inches: string;
  readonly bottom: string;
}

export type ScreenProblem = 'id-bad' | 'name-missing' | 'size-bad';

export function screenOf(fields: ScreenFields): Result<InputOf<'putScreen'>, ScreenProblem> {
  const { id } = fields;
  if (!isScreenId(id)) return refused('id-bad');
  if (fields.name.trim() === '') return refused('name-missing');
  const parsed = device.safeParse(deviceOf(fields));
  return parsed.success
    ? accepted({ id, name: fields.name.trim(), device: parsed.data })
    : refused('size-bad');
}

function deviceOf(fields: ScreenFields): unknown {
  if (fields.kind === 'board')
    return { kind: 'board', profile: isProfileId(fields.profile) ? fields.profile : '' };
  return {
    kind: 'touch',
    widthPx: Number(fields.width),
    heightPx: Number(fields.height),
    diagonalInches: Number(fields.inches),
    bottomMm: fields.bottom.trim() === '' ? null : Number(fields.bottom),
  };
}

export function fieldsOf(screen: ScreenView | null, profile: string): ScreenFields {
  const blank: ScreenFields = {
    id: screen?.id ?? '',
    name: screen?.name ?? '',
    kind: screen?.device.kind ?? 'board',
    profile,
    width: '1080',
    height: '1920',
    inches: '32',
    bottom: '',
  };
  if (screen === null) return blank;
  const { device: now } = screen;
  if (now.kind === 'board') return { ...blank, profile: now.profile };
  return {
    ...blank,
    width: String(now.widthPx),
    height: String(now.heightPx),
    inches: String(now.diagonalInches),
    bottom: now.bottomMm === null ? '' : String(now.bottomMm),
  };
}
