/** Text that is hard to read: WCAG's contrast of every piece of text against what is behind it. */

/** The texts on the page with a contrast below AA's 4.5, each with what it has. */
export async function faint(page) {
  // A button that has just been enabled is on its way from one colour to another.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));
  return page.evaluate(() => {
    const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
    const linear = (value) =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const luminance = ([red, green, blue]) =>
      0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const [red, green, blue, alpha = 1] = channels(getComputedStyle(at).backgroundColor);
        if (alpha > 0) return [red, green, blue];
      }
      return [255, 255, 255];
    };

    const contrast = (element) => {
      const ink = luminance(channels(getComputedStyle(element).color));
      const paper = luminance(ground(element));
      return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    };

    const hasText = (element) =>
      Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    return Array.from(document.body.querySelectorAll("*"))
      .filter((element) => hasText(element) && element.checkVisibility())
      .map((element) => [element.textContent.trim().slice(0, 40), contrast(element)])
      .filter(([, ratio]) => ratio < 4.5);
  });
}
