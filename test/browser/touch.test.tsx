import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { limitMs } from '../../kiosk/touch/model/idle.ts';
import { documentOf, noticeOf, september } from '../builders/records.ts';
import { sourceDocument } from '../builders/touch-content.ts';
import { channel, publish, START } from '../builders/touch-screen.ts';
import { begin, buttonOf, frames, MM, openRecord, pressOn, stage } from './touch-stage.ts';

const controlsOf = (place: HTMLElement) =>
  [...place.querySelectorAll<HTMLElement>('button, input, a[href]')].filter(
    (element) => element.offsetParent !== null && element.getAttribute('aria-hidden') !== 'true',
  );
const headline = (place: HTMLElement) => place.querySelector('h1')?.textContent ?? '';

describe('sizes', () => {
  it('[SC6] controls are 20 mm or more, main ones 25, 3 mm apart, 10 mm from the edge, in every type size', async () => {
    const on = await stage();
    await begin(on);
    for (const go of ['大字', '特大', '标准', '看政府公开', '公告公示', '首页', '搜一搜']) {
      await pressOn(on, go);
      const boxes = controlsOf(on.place).map((element) => ({
        element,
        box: element.getBoundingClientRect(),
      }));
      for (const { element, box } of boxes) {
        const name = `${go} ${element.innerText}`;
        expect(box.width / MM, name).toBeGreaterThanOrEqual(19.99);
        expect(box.height / MM, name).toBeGreaterThanOrEqual(19.99);
        if (element.matches('.bar-item, .tile, .row, .button, .pager-turn')) {
          expect(box.height / MM, name).toBeGreaterThanOrEqual(24.99);
        }
        expect(box.left / MM, name).toBeGreaterThanOrEqual(9.99);
        expect((1080 - box.right) / MM, name).toBeGreaterThanOrEqual(9.99);
        expect((1920 - box.bottom) / MM, name).toBeGreaterThanOrEqual(9.99);
        for (const { element: other, box: near } of boxes) {
          if (other === element || element.contains(other) || other.contains(element)) continue;
          const apart = Math.max(
            near.left - box.right,
            box.left - near.right,
            near.top - box.bottom,
            box.top - near.bottom,
          );
          expect(apart / MM, `${name} | ${other.innerText}`).toBeGreaterThanOrEqual(2.99);
        }
      }
    }
  });

  it('[SC6] no text is smaller than 10.5 mm; large type is 14 and 18 mm', async () => {
    const on = await stage();
    await begin(on);
    for (const [press, least] of [
      ['首页', 10.5],
      ['大字', 14],
      ['特大', 18],
    ] as const) {
      if (press !== '首页') await pressOn(on, press);
      for (const record of [undefined, 'plan-2010', 'n-0']) {
        if (record === undefined) on.touch.visit.home();
        else await openRecord(on, record);
        await frames();
        const walker = document.createTreeWalker(on.place, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const parent = node.parentElement;
          if (parent === null || parent.offsetParent === null || node.textContent?.trim() === '')
            continue;
          // The other language's name for itself is Latin, which is as large at a smaller size.
          if (parent.lang === 'en') continue;
          const size = Number.parseFloat(getComputedStyle(parent).fontSize) / MM;
          expect(size, node.textContent ?? '').toBeGreaterThanOrEqual(least - 0.01);
        }
      }
    }
  });

  it('[SC6] in low mode everything that is pressed lies between 380 and 1,100 mm above the floor', async () => {
    const on = await stage();
    await begin(on);
    await pressOn(on, '低位');
    for (const go of [
      '看政府公开',
      '公告公示',
      '按类别看',
      '首页',
      '找哪个部门',
      '首页',
      '按拼音字母',
      '首页',
      '搜一搜',
      '找人帮忙',
      '首页',
      '大字',
      '特大',
    ]) {
      await pressOn(on, go);
      for (const element of controlsOf(on.place)) {
        const { top, bottom } = element.getBoundingClientRect();
        expect(700 + (1920 - top) / MM, `${go} ${element.innerText}`).toBeLessThanOrEqual(1100.5);
        expect(700 + (1920 - bottom) / MM).toBeGreaterThanOrEqual(380);
      }
    }
    await openRecord(on, 'plan-2010');
    for (const element of controlsOf(on.place)) {
      expect(
        700 + (1920 - element.getBoundingClientRect().top) / MM,
        element.innerText,
      ).toBeLessThanOrEqual(1100.5);
    }
  });

  it('[SC6] nothing moves sideways, not even a table in the largest type, on glass or telephone', async () => {
    for (const [width, height] of [
      [1080, 1920],
      [390, 844],
    ] as const) {
      const on = await stage({ width, height });
      await begin(on);
      on.touch.visit.growType();
      on.touch.visit.growType();
      for (const { item } of on.holdings) {
        await openRecord(on, item.record);
        const scroller = on.place.querySelector('.scroller');
        expect(scroller?.scrollWidth, item.listing.title).toBe(scroller?.clientWidth);
      }
      expect(document.documentElement.scrollWidth).toBe(width);
      on.touch.close();
      on.place.remove();
    }
  });

  it('[SC6] in the largest type, in low mode, results and keys still keep apart', async () => {
    const on = await stage();
    await begin(on);
    for (const go of ['低位', '大字', '特大', '搜一搜', 'S']) await pressOn(on, go);
    await expect.poll(() => on.place.querySelectorAll('.row').length).toBeGreaterThan(0);
    const bottom =
      on.place.querySelector('.pager-turn')?.getBoundingClientRect().bottom ?? Infinity;
    const top = on.place.querySelector('.keyboard')?.getBoundingClientRect().top ?? 0;
    expect((top - bottom) / MM).toBeGreaterThanOrEqual(2.99);
  });
});

describe('home', () => {
  it('offers only ways that lead somewhere, seven at most', async () => {
    const on = await stage({ records: [] });
    await begin(on);
    expect(on.place.querySelectorAll('.tile, .row')).toHaveLength(0);
    on.screen.hold([await publish('only', { kind: 'notice', fields: noticeOf() })]);
    await frames();
    expect(on.place.querySelectorAll('.tile')).toHaveLength(4);
    await pressOn(on, '看政府公开');
    expect([...on.place.querySelectorAll('.tile-label')].map((tile) => tile.textContent)).toEqual([
      '公告公示',
    ]);
  });

  it('every page says that the data are a demonstration', async () => {
    const on = await stage();
    expect(on.place.textContent).toContain('演示数据');
    await begin(on);
    await openRecord(on, 'plan-2010');
    expect(on.place.textContent).toContain('演示数据');
  });

  it('units are found by the pinyin letter of their name', async () => {
    const on = await stage();
    await begin(on);
    await pressOn(on, '按拼音字母');
    await pressOn(on, 'Z');
    expect(on.place.textContent).toContain('中共徐水县委');
  });
});

describe('reading', () => {
  it('the same words stay at the upper edge when type grows and shrinks', async () => {
    const on = await stage();
    await begin(on);
    await openRecord(on, 'plan-2010');
    for (let turn = 0; turn < 4; turn++) await pressOn(on, '下一屏');
    const topBlock = () => {
      const edge = on.place.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
      return [...on.place.querySelectorAll<HTMLElement>('[data-block]')].find(
        (block) => block.getBoundingClientRect().bottom > edge,
      )?.dataset['block'];
    };
    const before = topBlock();
    expect(Number(before)).toBeGreaterThan(5);
    for (const press of ['大字', '特大', '标准']) {
      await pressOn(on, press);
      expect(topBlock(), press).toBe(before);
    }
  });

  it('contents lead to each heading, and sections follow one another', async () => {
    const on = await stage();
    await begin(on);
    await openRecord(on, 'plan-2010');
    await pressOn(on, '目录');
    expect(on.place.querySelectorAll('.contents-item').length).toBeLessThanOrEqual(7);
    await pressOn(on, '二、工作重点');
    const scroller = on.place.querySelector('.scroller');
    const isAtTop = (text: string) => {
      const heading = [...on.place.querySelectorAll('.block-of-heading :is(h2,h3,h4,h5)')].find(
        (element) => element.textContent === text,
      );
      return (
        Math.abs(
          (heading?.getBoundingClientRect().top ?? 0) -
            (scroller?.getBoundingClientRect().top ?? 0),
        ) < 20
      );
    };
    expect(isAtTop('二、工作重点')).toBe(true);
    await pressOn(on, '上一节');
    expect(isAtTop('一、指导思想')).toBe(true);
  });

  it('a table too wide for its column becomes a labelled block for each row', async () => {
    const on = await stage();
    await begin(on);
    await openRecord(on, 'n-0');
    expect(on.place.querySelectorAll('table')).toHaveLength(1);
    await pressOn(on, '大字');
    await pressOn(on, '特大');
    expect(on.place.querySelectorAll('table')).toHaveLength(0);
    expect(on.place.querySelectorAll('.block-records li').length).toBeGreaterThan(1);
  });

  it('[SC9] a notice ends to the second while it is read, and says why', async () => {
    const water = await publish('water', {
      kind: 'notice',
      fields: noticeOf({ validUntil: START + 5000 }),
    });
    const on = await stage({ records: [water] });
    await begin(on);
    await openRecord(on, 'water');
    on.screen.pass(START + 4999 - on.screen.now());
    await frames();
    expect(on.place.textContent).toContain('请居民提前储水');
    on.screen.pass(1);
    await frames();
    expect(on.place.textContent).not.toContain('请居民提前储水');
    expect(headline(on.place)).toBe('这条内容已到期，不再显示。');
  });

  it('a withdrawn record leaves at once, before its release arrives', async () => {
    const on = await stage();
    await begin(on);
    await openRecord(on, 'water');
    on.screen.become({ revoked: { [channel]: new Set(['water/1']) } });
    await frames();
    expect(headline(on.place)).toBe('这条内容已撤下，不再显示。');
  });

  it('a damaged record is not shown; it opens once it has been fetched again', async () => {
    const rules = await publish('rules', { kind: 'policy-document', fields: documentOf() });
    const on = await stage({ records: [rules] });
    on.screen.damage(rules);
    await begin(on);
    await openRecord(on, 'rules');
    expect(headline(on.place)).toBe('这一页打不开。');
    on.screen.mend();
    await pressOn(on, '再试一次');
    await frames();
    expect(on.place.textContent).toContain('第一条');
  });

  it('a version published meanwhile takes the place of the one being read, and says so', async () => {
    const on = await stage({
      records: [await publish('water', { kind: 'notice', fields: noticeOf() })],
    });
    await begin(on);
    await openRecord(on, 'water');
    on.screen.hold([
      await publish(
        'water',
        { kind: 'notice', fields: noticeOf({ title: '北大街推迟停水公告' }) },
        { version: 2 },
      ),
    ]);
    await frames();
    expect(headline(on.place)).toBe('北大街推迟停水公告');
    expect(on.place.textContent).toContain('刚刚更新过');
  });

  it('[SC2] a generation is told as painted once, when it is on the glass', async () => {
    const on = await stage({ records: [await sourceDocument()] });
    await expect.poll(() => on.screen.reports.length).toBe(1);
    expect(on.screen.reports[0]).toBe(on.screen.generation());
    on.screen.hold([]);
    await expect.poll(() => on.screen.reports.length).toBe(2);
    expect(on.screen.reports[1]).toBe(on.screen.generation());
  });
});

describe('freshness', () => {
  it('[SC5] says when its content was proved, that the network is down, and that it may be old', async () => {
    const on = await stage();
    await begin(on);
    expect(on.place.textContent).toContain('内容更新于9月17日09:40');
    on.screen.become({ connected: false });
    on.screen.pass(10 * 60_000);
    await frames();
    expect(on.place.querySelector('.band-offline')?.textContent).toBe(
      '网络断了。公告和文件照常看。内容更新于9月17日09:40。',
    );
    on.screen.become({ freshAt: { [channel]: september(15, 17, 30) } });
    await frames();
    expect(on.place.querySelector('.band-stale')?.textContent).toContain(
      '本屏内容停在9月15日17:30，可能不是最新。',
    );
    on.screen.become({ clock: 'lost' });
    await frames();
    expect(on.place.textContent).toContain('本屏的时间不准');
    expect(on.place.querySelector('time')).toBeNull();
  });

  it('[SC5] says that nothing proved its content yet, and that the time is only a guess', async () => {
    const on = await stage();
    await begin(on);
    on.screen.become({ freshAt: {}, clock: 'unconfirmed' });
    await frames();
    expect(on.place.querySelector('.band-stale')?.textContent).toBe(
      '本屏内容还没有得到确认，可能不是最新。办事前请问窗口。',
    );
    expect(on.place.textContent).toContain('本屏的时间正在核对。');
    expect(on.place.querySelector('time')).not.toBeNull();
    expect(on.place.textContent).not.toContain('内容更新于');
    on.screen.become({ freshAt: { [channel]: september(17, 9, 40) }, clock: 'confirmed' });
    await frames();
    expect(on.place.querySelector('.band')).toBeNull();
    expect(on.place.textContent).toContain('内容更新于9月17日09:40');
    expect(on.place.textContent).not.toContain('本屏的时间正在核对。');
  });
});

describe('idling', () => {
  it('[SC7] warns after 60 s, goes on at a touch anywhere, and after 30 s more forgets everything', async () => {
    const on = await stage();
    await begin(on);
    await pressOn(on, '大字');
    await pressOn(on, '低位');
    await pressOn(on, 'English');
    await expect.poll(() => document.documentElement.lang).toBe('en');
    await pressOn(on, 'Search');
    on.touch.visit.query.value = 'tsgg';
    await frames();
    on.screen.pass(limitMs('large') - 1);
    await frames();
    expect(on.place.querySelector('[role=alertdialog]')).toBeNull();
    on.screen.pass(1);
    await frames();
    expect(on.place.querySelector('[role=alertdialog]')?.textContent).toContain('30 seconds');
    on.place.querySelector<HTMLElement>('.idle-anywhere')?.click();
    await frames();
    expect(on.place.querySelector('[role=alertdialog]')).toBeNull();
    expect(on.place.querySelector('input')?.value).toBe('tsgg');
    on.screen.pass(limitMs('large') + 30_000);
    await frames();
    const { visit } = on.touch;
    expect(visit.phase.value.state).toBe('attract');
    expect([visit.type.value, visit.low.value, visit.language.value, visit.query.value]).toEqual([
      'standard',
      false,
      'zh',
      '',
    ]);
    expect(on.screen.idled()).toBe(1);
    window.dispatchEvent(new PopStateEvent('popstate'));
    await begin(on);
    expect(headline(on.place)).toBe('您想看什么？');
  });

  it('[SC7] scrolling keeps the page, 结束使用 ends it at once', async () => {
    const on = await stage();
    await begin(on);
    await openRecord(on, 'plan-2010');
    on.screen.pass(59_000);
    on.place.querySelector('.scroller')?.scrollBy({ top: 300 });
    await frames();
    on.screen.pass(59_000);
    await frames();
    expect(on.touch.visit.phase.value.state).toBe('using');
    await pressOn(on, '结束使用');
    expect(on.touch.visit.phase.value.state).toBe('attract');
  });

  it('[SC7] the first touch only opens the home page, whatever lies under it', async () => {
    const on = await stage();
    on.place.querySelector<HTMLElement>('.attract-press')?.click();
    await frames();
    for (const button of on.place.querySelectorAll('button')) button.click();
    await frames();
    expect(on.touch.visit.route.value.page).toBe('home');
    expect(on.touch.visit.type.value).toBe('standard');
  });
});

describe('pressing', () => {
  it('acts once for two touches within 300 ms', async () => {
    const on = await stage();
    await begin(on);
    await pressOn(on, '搜一搜');
    on.screen.pass(400);
    const key = buttonOf(on.place, 'T');
    key.click();
    on.screen.pass(299);
    key.click();
    expect(on.touch.visit.query.value).toBe('t');
    on.screen.pass(1);
    key.click();
    expect(on.touch.visit.query.value).toBe('tt');
  });

  it('answers to the finger before it is lifted, and forgets it when it slides away', async () => {
    const on = await stage();
    await begin(on);
    const button = buttonOf(on.place, '搜一搜');
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await frames();
    expect(button.hasAttribute('data-down')).toBe(true);
    button.dispatchEvent(new PointerEvent('pointercancel', { bubbles: true }));
    await frames();
    expect(button.hasAttribute('data-down')).toBe(false);
    expect(on.touch.visit.route.value.page).toBe('home');
  });
});

describe('search', () => {
  it('[SC8] initials typed on the glass find and mark titles; nothing found gives other ways', async () => {
    const on = await stage();
    await begin(on);
    await pressOn(on, '搜一搜');
    await expect.poll(() => on.touch.search.state.value).toBe('ready');
    for (const key of ['T', 'S', 'G', 'G']) await pressOn(on, key);
    await expect.poll(() => on.place.querySelector('mark')?.textContent).toBe('停水公告');
    expect(on.place.querySelectorAll('.row').length).toBeLessThanOrEqual(6);
    await pressOn(on, 'Q');
    await expect.poll(() => on.place.textContent).toContain('没有找到“tsggq”');
    expect(buttonOf(on.place, '看政府公开')).toBeDefined();
  });

  it('[SC8] what is withdrawn can no longer be found', async () => {
    const on = await stage();
    await begin(on);
    await pressOn(on, '搜一搜');
    await expect.poll(() => on.touch.search.state.value).toBe('ready');
    on.touch.visit.query.value = '县城北大街';
    await expect.poll(() => on.place.querySelectorAll('.row').length).toBe(1);
    on.screen.become({ revoked: { [channel]: new Set(['water/1']) } });
    await expect.poll(() => on.place.textContent).toContain('没有找到');
  });
});

describe('for everyone', () => {
  it('no page breaks an accessibility rule, in any type size', async () => {
    const on = await stage();
    const check = async (where: string) => {
      // 7:1 for every text, which is stricter than the standard's 4.5:1.
      const { violations } = await axe.run(on.place, {
        rules: { 'color-contrast-enhanced': { enabled: true } },
      });
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${where} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      ).toEqual([]);
    };
    await check('attract');
    await begin(on);
    for (const go of [
      '看政府公开',
      '公告公示',
      '按类别看',
      '首页',
      '找哪个部门',
      '首页',
      '按拼音字母',
      '首页',
      '找人帮忙',
      '首页',
      '特大',
      '搜一搜',
    ]) {
      if (go === '特大') await pressOn(on, '大字');
      await pressOn(on, go);
      await check(go);
    }
    await openRecord(on, 'plan-2010');
    await check('document');
    await pressOn(on, '目录');
    await check('contents');
    on.screen.become({ connected: false, freshAt: { [channel]: september(15) } });
    await frames();
    await check('stale');
    on.screen.pass(130_000);
    await frames();
    await check('warning');
  });

  it('the focus goes to the title of each new page, then through it in the order it is read', async () => {
    const on = await stage();
    await begin(on);
    expect(document.activeElement?.tagName).toBe('H1');
    const seen: string[] = [];
    for (let step = 0; step < 5; step++) {
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }),
      );
      seen.push((document.activeElement as HTMLElement).innerText.split('\n')[0] ?? '');
    }
    expect(seen).toEqual([
      '看政府公开',
      '找哪个部门',
      '搜一搜',
      '按拼音字母',
      '县城北大街停水公告',
    ]);
  });

  it('English changes the words around the records and their language, not the records', async () => {
    const on = await stage();
    await begin(on);
    await pressOn(on, 'English');
    await expect.poll(() => document.documentElement.lang).toBe('en');
    expect(on.place.textContent).toContain('Open government');
    expect(on.place.querySelector('.row-title')?.getAttribute('lang')).toBe('zh-CN');
    await pressOn(on, '中文');
    expect(document.documentElement.lang).toBe('zh-CN');
  });
});
