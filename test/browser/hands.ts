/** Two ways to work the window: with the mouse, and with nothing but the keyboard. */
import type { Locator, Page } from 'playwright-core';

export interface Hands {
  /** A button, link or switch. */
  press(control: Locator): Promise<void>;
  /** Replaces what a field says. */
  fill(field: Locator, text: string): Promise<void>;
  /** One of a group of radio buttons. */
  choose(radio: Locator): Promise<void>;
}

export function mouse(page: Page): Hands {
  return {
    press: (control) => control.click(),
    async fill(field, text) {
      await field.click({ clickCount: 3 });
      await page.keyboard.press('Delete');
      await page.keyboard.type(text);
    },
    // The words of a choice are what one clicks at; its button may be drawn over.
    choose: (radio) => radio.locator('xpath=ancestor::label').click(),
  };
}

/** More stops of the Tab key than any page has. */
const MOST_STOPS = 250;

const hasFocus = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => element === element.ownerDocument.activeElement);

/** Goes to a control by the Tab key alone. @throws where it cannot be reached so */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor({ state: 'attached' });
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await hasFocus(control)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not reach ${String(control)}`);
}

export function keyboard(page: Page): Hands {
  return {
    async press(control) {
      await tabTo(page, control);
      const isSwitch = await control.evaluate((element) => element.matches('input'));
      await page.keyboard.press(isSwitch ? 'Space' : 'Enter');
    },
    async fill(field, text) {
      await tabTo(page, field);
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await page.keyboard.type(text);
    },
    async choose(radio) {
      // A group is one stop of the Tab key, at what is chosen; arrows go on from there.
      const group = radio.locator('xpath=ancestor::*[@role="radiogroup"]');
      await tabTo(page, group.locator('input:checked'));
      for (let n = await group.locator('input').count(); n > 0; n--) {
        if (await radio.isChecked()) return;
        await page.keyboard.press('ArrowRight');
      }
      throw new Error(`the arrow keys do not reach ${String(radio)}`);
    },
  };
}
