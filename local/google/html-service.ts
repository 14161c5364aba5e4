import { callText } from './bridge.ts';
import { enumOf, guardClass, service } from './guard.ts';

/** Google's HtmlOutput. */
export class HtmlOutput {
  content: string;
  title = '';

  constructor(content: string) {
    this.content = content;
  }

  getContent(): string {
    return this.content;
  }

  setContent(content: string): this {
    this.content = String(content);
    return this;
  }

  append(text: string): this {
    this.content += String(text);
    return this;
  }

  getTitle(): string {
    return this.title;
  }

  setTitle(title: string): this {
    this.title = String(title);
    return this;
  }

  setWidth(_width: number): this {
    return this;
  }

  setHeight(_height: number): this {
    return this;
  }

  setSandboxMode(_mode: unknown): this {
    return this;
  }

  setXFrameOptionsMode(_mode: unknown): this {
    return this;
  }

  addMetaTag(_name: string, _content: string): this {
    return this;
  }
}
guardClass(HtmlOutput, 'HtmlOutput');

/** Google's HtmlService; templates with scriptlets are not provided. */
export function htmlService(): object {
  return service('HtmlService', {
    SandboxMode: enumOf('SandboxMode', ['EMULATED', 'IFRAME', 'NATIVE']),
    XFrameOptionsMode: enumOf('XFrameOptionsMode', ['ALLOWALL', 'DEFAULT']),
    createHtmlOutput: (content: unknown = '') =>
      new HtmlOutput(content instanceof HtmlOutput ? content.content : String(content)),
    createHtmlOutputFromFile: (name: string) => new HtmlOutput(callText('html.file', String(name))),
  });
}
