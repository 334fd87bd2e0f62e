import { createHash } from 'node:crypto'
import { pageUrl } from './app-scheme.ts'
import texts from './stopped-texts.json' with { type: 'json' }

export type StopReason = keyof typeof texts.reasons

export interface StoppedFacts {
  readonly reason: StopReason
  /** How core or page ended last: an exit code or a reason of Chromium's, never a text of core's. */
  readonly detail: string
  readonly at: Date
  readonly version: string
}

export interface StoppedPage {
  readonly html: string
  /** Of the page's own style, the only one that its policy lets in. */
  readonly styleHash: string
}

/** `khmerFont`: path of a font of the renderer's. */
const styleWith = (khmerFont: string | undefined) => `${
  khmerFont === undefined
    ? ''
    : `@font-face { font-family: "Noto Sans Khmer"; src: url("${khmerFont}") format("woff2"); }`
}
html, body { height: 100%; margin: 0; background: #f4f1ea; color: #1c1a17; }
body { font: 28px/1.5 "Be Vietnam Pro", "DejaVu Sans", sans-serif;
  display: flex; flex-direction: column; justify-content: space-between; padding: 64px;
  box-sizing: border-box; user-select: none; }
h1 { font-size: 72px; line-height: 1.15; margin: 0; }
[lang=en], [lang=km] { color: #4d4840; }
[lang=km] { font-family: "Noto Sans Khmer", sans-serif; }
aside { border-top: 3px solid #1c1a17; padding-top: 32px; font-size: 22px; }
code { font-family: monospace; font-weight: bold; }
a { display: inline-block; margin-top: 24px; padding: 28px 48px; min-height: 90px; box-sizing: border-box;
  background: #1c1a17; color: #fff; text-decoration: none; font-weight: bold; }
@media (orientation: landscape) {
  body { font-size: 20px; padding: 32px 64px; }
  h1 { font-size: 44px; }
  p { margin: 12px 0; }
  aside { font-size: 16px; padding-top: 8px; }
  a { margin-top: 8px; }
}
`

/** The Khmer letters among the renderer's files, where they are there. */
export function khmerFontAmong(paths: Iterable<string>): string | undefined {
  return [...paths].find((path) => /\/noto-sans-khmer-khmer-400-normal[^/"\\]*\.woff2$/.test(path))
}

/**
 * The page of last resort, in the three languages of citizens: no script and nothing that it could not do
 * without. Khmer needs a font of the renderer's: where that is missing too, its boxes would tell nobody anything and
 * are left out. Its one link leads to the page, which the shell takes as
 * "try again".
 */
export function stoppedPage(
  { reason, detail, at, version }: StoppedFacts,
  khmerFont?: string,
): StoppedPage {
  const { what, todo } = texts.reasons[reason]
  const style = styleWith(khmerFont)
  const inKhmer = (words: string) => (khmerFont === undefined ? '' : `<p lang="km">${words}</p>`)
  const html = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${texts.title}</title><style>${style}</style></head>
<body><main><h1>${texts.title}</h1><p lang="en">${texts.titleEnglish}</p>
${inKhmer(texts.titleKhmer)}
<p>${texts.citizen}<br>${texts.help}</p>
<p lang="en">${texts.citizenEnglish}<br>${texts.helpEnglish}</p>
${inKhmer(`${texts.citizenKhmer}<br>${texts.helpKhmer}`)}</main>
<aside><p><b>${texts.technician}</b></p>
<p><code>${reason}</code> · ${escapeHtml(detail)} · ${at.toISOString()} · ${escapeHtml(version)}</p>
<p>${what}<br>${todo}</p><p>${texts.where}</p>
<a href="${pageUrl}">${texts.tryAgain}</a></aside></body></html>
`
  return { html, styleHash: `sha256-${createHash('sha256').update(style).digest('base64')}` }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
