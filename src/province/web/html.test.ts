import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html } from './html.ts'

describe('html template', () => {
  it('escapes values and keeps nested markup', () => {
    const inner = html`<b>${'<i>&"\''}</b>`
    expect(html`<p>${inner}${[inner, inner]}${null}${false}${0}</p>`.text).toBe(
      `<p>${'<b>&lt;i&gt;&amp;&quot;&#39;</b>'.repeat(3)}0</p>`,
    )
  })

  it('never lets any text open a tag or leave an attribute', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '`') }),
        (text) => {
          const inside = html`<p title="${text}">${text}</p>`.text.slice('<p title="'.length, -4)
          expect(inside.replace('">', '')).not.toMatch(/[<>"']/)
        },
      ),
    )
  })
})
