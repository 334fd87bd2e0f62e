import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { khmerFontAmong, stoppedPage } from './stopped-page.ts'

const facts = {
  reason: 'CORE_CRASH_LOOP',
  detail: 'exit <code> 1',
  at: new Date('2026-05-02T13:05:00Z'),
  version: '0.1.0',
} as const

const khmerFont = '/assets/noto-sans-khmer-khmer-400-normal-AbC.woff2'

describe('the page of last resort', () => {
  it('speaks to citizens in Vietnamese, English and Khmer, and to the technician', () => {
    const { html } = stoppedPage(facts, khmerFont)
    expect(html).toContain('<h1>Máy tạm ngừng phục vụ</h1>')
    expect(html).toMatch(/<p lang="en">We are sorry[^<]+<br>[^<]+<\/p>/)
    expect(html).toMatch(/<p lang="km">[\u1780-\u17ff][^<]+<br>[\u1780-\u17ff][^<]+<\/p>/)
    expect(html).toContain('<code>CORE_CRASH_LOOP</code> · exit &#60;code&#62; 1')
    expect(html).not.toMatch(/undefined|<script/)
  })

  it.each([undefined, khmerFont])('names the style that it has, with the font %s', (font) => {
    const { html, styleHash } = stoppedPage(facts, font)
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? ''
    expect(styleHash).toBe(`sha256-${createHash('sha256').update(style).digest('base64')}`)
    expect(style.includes('@font-face')).toBe(font !== undefined)
    if (font !== undefined) expect(style).toContain(`url("${font}")`)
  })

  it('shows no boxes where there is nothing to draw Khmer with', () => {
    expect(stoppedPage(facts).html).not.toMatch(/[\u1780-\u17ff]/)
  })

  it('finds the Khmer letters among the files of the page', () => {
    const others = ['/index.html', '/assets/a-700-normal.woff2']
    expect(khmerFontAmong([...others, khmerFont])).toBe(khmerFont)
    expect(khmerFontAmong(['/index.html'])).toBeUndefined()
  })
})
