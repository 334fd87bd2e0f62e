import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { exampleScreens } from '../contract/examples/example-screens.ts'
import { exampleRole, exampleSnapshot } from '../contract/examples/example-snapshot.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import { App } from './app.tsx'

const vietnameseLetters = /[ăâđêôơư\u1ea0-\u1ef9]/iu
/** Elements without an end tag; React writes those of SVG with one. */
const empty = /^(img|input|br|hr)$/

/** Texts with the language that they are marked with. */
function* textsOf(markup: string): Generator<readonly [text: string, lang: string]> {
  const open: string[] = []
  for (const [, closing, name = '', attributes = '', text = ''] of markup.matchAll(
    /<(\/?)([a-z][\w-]*)([^>]*)>|([^<]+)/gi,
  )) {
    if (text !== '') yield [text, open.at(-1) ?? '']
    else if (closing === '/') open.pop()
    else if (!empty.test(name)) {
      open.push(/\slang="(\w+)"/.exec(attributes)?.[1] ?? open.at(-1) ?? '')
    }
  }
}

function draw(snapshot: Snapshot): string {
  return renderToStaticMarkup(
    createElement(App, {
      snapshot,
      connected: true,
      send: async () => undefined,
      picture: async () => null,
    }),
  )
}

const forCitizens = Object.entries(exampleScreens).filter(
  ([, { name }]) =>
    // Who enters a PIN works in Vietnamese or English.
    ['nobody', 'citizen'].includes(exampleRole(name)) && name !== 'staffPin',
)

describe.each(['en', 'km'] as const)('a page in %s', (language) => {
  it.each(forCitizens)('says of its Vietnamese words that they are: %s', (_, screen) => {
    const texts = [...textsOf(draw(exampleSnapshot(screen, { language })))]
    expect(texts.some(([, lang]) => lang === language)).toBe(true)
    expect(texts.filter(([text, lang]) => lang !== 'vi' && vietnameseLetters.test(text))).toEqual(
      [],
    )
  })
})
