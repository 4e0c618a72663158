import { computed, effect, signal } from '@preact/signals';
import { en } from './en.ts';
import type { Words } from './zh.ts';
import { zh } from './zh.ts';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT_AS = 'openhall.language';
const dictionaries: Record<Language, Words> = { zh, en };

export const language = signal<Language>(localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh');
export const words = computed<Words>(() => dictionaries[language.value]);

effect(() => {
  localStorage.setItem(KEPT_AS, language.value);
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
});
