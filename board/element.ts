type Child = Node | string | undefined | false | readonly Child[];
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Makes an element. Strings become text nodes, so that nothing from outside is ever read as HTML; attributes come from
 * the code of the board alone, but for `aria-label`.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

/** The same of an SVG. */
export function shape<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<Made extends Element>(made: Made, attributes: Attributes, children: readonly Child[]): Made {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : shown(value));
  made.append(...children.flatMap(nodesOf));
  return made;
}

function nodesOf(child: Child): (Node | string)[] {
  if (child === undefined || child === false) return [];
  if (typeof child === 'string') return [shown(child)];
  return child instanceof Node ? [child] : child.flatMap(nodesOf);
}

/** Makes characters visible that are invisible, or that change the direction of text. Line breaks stay. */
const shown = (text: string): string => text.replace(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');

/** A name from outside, whose direction does not change that of the text around it. */
export const name = (text: string): HTMLElement => element('bdi', { class: 'name' }, text);

/** A button that does something when it is pressed, by hand or by key. */
export function button(attributes: Attributes, press: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', press);
  return made;
}
