import captions from '../../../docs/screens/captions.json' with { type: 'json' }

const languages = { vi: 'Tiếng Việt', en: 'English', km: 'ភាសាខ្មែរ' } as const
const modes = { large: 'Large text', contrast: 'High contrast', reach: 'In reach' } as const
const papers = {
  'slip-vi': 'The slip',
  'slip-en': 'Of somebody who spoke English',
  'slip-km': 'Of somebody who spoke Khmer',
  'reprint-vi': 'Printed again',
  'incident-vi': 'The note that is no slip',
} as const

/**
 * One page that shows every picture in the folder: screens by what people come for, then landscape, display modes
 * and paper. Throws when a picture has no caption, or a caption no picture.
 */
export function screensPage(files: readonly string[]): string {
  const left = new Set(files.filter((file) => file.endsWith('.png')))
  const picture = (name: string, width: number, alt: string): string => {
    const file = `${name}.png`
    if (!left.delete(file)) return ''
    return `<img src="${file}" width="${width}" alt="${alt}">`
  }
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const all = captions.flatMap(({ screens }) => Object.entries(screens))

  const sections = captions.map(({ title, screens }) => {
    const rows = Object.entries(screens).map(([name, caption]) => {
      const shown = Object.entries(languages).map(([code, language]) =>
        picture(`${name}-${code}`, 200, `${caption}, ${language}`),
      )
      if (shown[0] === '') throw new Error(`no picture of ${name}`)
      return [caption, ...shown]
    })
    return `## ${title}\n\n${table(['', ...Object.values(languages)], rows)}`
  })
  const landscape = all.flatMap(([name, caption]) => {
    const shown = (['vi', 'en'] as const).map((code) =>
      picture(`${name}-${code}-landscape`, 360, `${caption}, ${languages[code]}, landscape`),
    )
    return shown[0] === '' ? [] : [shown]
  })
  const inModes = all.flatMap(([name, caption]) => {
    const shown = Object.entries(modes).map(([mode, words]) =>
      [
        picture(`${name}-${mode}`, 200, `${caption}, ${words}`),
        picture(`${name}-${mode}-landscape`, 300, `${caption}, ${words}, landscape`),
      ].join(' '),
    )
    return shown.join('').trim() === '' ? [] : [[caption, ...shown]]
  })
  const paper = Object.entries(papers).map(([name, caption]) => picture(name, 220, caption))
  if (left.size > 0) throw new Error(`no caption for ${[...left].join(', ')}`)

  return `# Screens

Pictures of the demo machine, at half their size; people, numbers and codes in them are made up. They are taken while
the end-to-end tests walk through the journeys and the gallery of screens, and this page is written from them:

\`\`\`sh
npm run build && UPDATE_SCREENS=1 npm run test:e2e
\`\`\`

${sections.join('\n\n')}

## Landscape

${table(['Tiếng Việt', 'English'], landscape)}

## As people ask for it

${table(['', ...Object.values(modes)], inModes)}

## On paper

What the printer puts out, dot by dot.

${table(Object.values(papers), [paper])}
`
}
