import { call, callText, Exception } from './bridge.ts';
import { type EnumValue, enumOf, guardClass, service } from './guard.ts';
import type { HtmlOutput } from './html-service.ts';

const Button = enumOf('Button', ['CLOSE', 'OK', 'CANCEL', 'YES', 'NO']);
const ButtonSet = enumOf('ButtonSet', ['OK', 'OK_CANCEL', 'YES_NO', 'YES_NO_CANCEL']);

interface MenuItem {
  readonly label: string;
  readonly functionName?: string;
  readonly separator?: boolean;
  readonly items?: readonly MenuItem[];
}

/** Google's Menu builder. */
export class Menu {
  readonly caption: string;
  readonly items: MenuItem[] = [];

  constructor(caption: string) {
    this.caption = caption;
  }

  addItem(label: string, functionName: string): this {
    this.items.push({ label: String(label), functionName: String(functionName) });
    return this;
  }

  addSeparator(): this {
    this.items.push({ label: '', separator: true });
    return this;
  }

  addSubMenu(menu: Menu): this {
    this.items.push({ label: menu.caption, items: menu.items });
    return this;
  }

  addToUi(): void {
    call('ui.addMenu', { label: this.caption, items: this.items });
  }
}
guardClass(Menu, 'Menu');

/** What SpreadsheetApp.getUi() gives. */
export function uiService(): object {
  call('ui.get');
  const choose = (...args: readonly unknown[]): EnumValue => {
    const buttonsAt = args.findIndex((arg) => Object.values(ButtonSet).includes(arg as EnumValue));
    const texts = (buttonsAt < 0 ? args : args.slice(0, buttonsAt)).map(String);
    const buttons = buttonsAt < 0 ? 'OK' : String(args[buttonsAt]);
    const [title, message] = texts.length > 1 ? [texts[0], texts[1]] : ['', texts[0]];
    const pressed = callText('ui.alert', title ?? '', message ?? '', buttons);
    const found = Object.values(Button).find((button) => String(button) === pressed);
    if (!found) throw new Exception(`Unknown button: ${pressed}`);
    return found;
  };
  return service('Ui', {
    Button,
    ButtonSet,
    createMenu: (caption: string) => new Menu(String(caption)),
    createAddonMenu: () => new Menu(''),
    alert: choose,
    showSidebar: (output: HtmlOutput): void => {
      call('ui.showSidebar', output.getTitle(), output.getContent());
    },
    showModalDialog: (output: HtmlOutput, title: string): void => {
      call('ui.showDialog', String(title), output.getContent());
    },
  });
}
