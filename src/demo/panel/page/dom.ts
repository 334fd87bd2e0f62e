type Child = Node | string | undefined

interface Properties {
  readonly class?: string
  readonly title?: string
  readonly onclick?: () => void
}

/** One element; text stays text. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (properties.class !== undefined) element.className = properties.class
  if (properties.title !== undefined) element.title = properties.title
  const { onclick } = properties
  if (onclick !== undefined) element.addEventListener('click', onclick)
  for (const child of children) if (child !== undefined) element.append(child)
  return element
}

/** Vietnamese first, English small beneath. */
export function label(vietnamese: string, english: string): HTMLElement {
  return h('span', {}, vietnamese, h('small', {}, english))
}

export function button(text: string | Node, title: string, onclick: () => void, on = false) {
  const element = h('button', { title, onclick, class: on ? 'on' : '' }, text)
  element.type = 'button'
  return element
}

/** A part of a section that is drawn again only when what it shows has changed. */
export function live(section: string): (key: unknown, draw: () => readonly Node[]) => void {
  const box = h('div')
  document.getElementById(section)?.append(box)
  let shown = ''
  return (key, draw) => {
    const now = JSON.stringify(key)
    if (now === shown) return
    shown = now
    box.replaceChildren(...draw())
  }
}
