import type { Page } from 'playwright-core';

/**
 * Texts of the page, as drawn, whose contrast with what is behind them is under `least` (WCAG 2.2, 1.4.3): the
 * ratio, the element and the text. Also how many were measured.
 */
export const faintTexts = (page: Page, least = 4.5): Promise<{ measured: number; faint: string[] }> =>
  page.evaluate((least) => {
    type Colour = { r: number; g: number; b: number; a: number };
    const parse = (css: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
      return { r, g, b, a };
    };
    const over = (top: Colour, under: Colour): Colour => {
      const mix = (x: number, y: number) => x * top.a + y * (1 - top.a);
      return { r: mix(top.r, under.r), g: mix(top.g, under.g), b: mix(top.b, under.b), a: 1 };
    };
    const channel = (value: number) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    };
    const luminance = ({ r, g, b }: Colour) =>
      0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const behind = (element: Element | null): Colour => {
      if (!element) return { r: 255, g: 255, b: 255, a: 1 };
      const own = parse(getComputedStyle(element).backgroundColor);
      return own.a === 1 ? own : over(own, behind(element.parentElement));
    };
    const faint = new Set<string>();
    let measured = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim();
      if (!element || !text || !element.checkVisibility() || element.closest('.unseen, .skip')) continue;
      const style = getComputedStyle(element);
      const ground = behind(element);
      const ink = over(parse(element instanceof SVGElement ? style.fill : style.color), ground);
      const [light = 0, dark = 0] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
      const ratio = (light + 0.05) / (dark + 0.05);
      measured++;
      // Large text, 24 px and more, is legible from 3.
      if (ratio < (Number.parseFloat(style.fontSize) >= 24 ? 3 : least))
        faint.add(
          `${ratio.toFixed(2)} ${element.localName}.${element.getAttribute('class') ?? ''} ${text.slice(0, 40)}`,
        );
    }
    return { measured, faint: [...faint] };
  }, least);
