import { Languages } from 'lucide';
import { Icon } from '../parts/Icon.tsx';
import { language, words } from '../words/words.ts';

export function LanguageButton() {
  return (
    <button
      type="button"
      class="account-entry"
      lang={language.value === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => {
        language.value = language.value === 'zh' ? 'en' : 'zh';
      }}
    >
      <Icon of={Languages} />
      {words.value.language.other}
    </button>
  );
}
