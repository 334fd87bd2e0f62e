import { judge, readFragment } from './judge.ts'
import { type TextKey, texts } from './texts.ts'

let language: keyof typeof texts = 'vi'

function element<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no #${id}`)
  return found
}

const slip = element('slip', HTMLTextAreaElement)
const keys = element('keys', HTMLTextAreaElement)
const verdict = element('verdict', HTMLParagraphElement)
const claimList = element('claim', HTMLDListElement)
const switchLanguage = element('language', HTMLButtonElement)

function draw(): void {
  const words = texts[language]
  document.documentElement.lang = language
  document.title = words.title
  for (const node of document.querySelectorAll<HTMLElement>('[data-text]')) {
    node.textContent = words[node.dataset.text as TextKey]
  }
  const { verdict: code, claim } = judge(slip.value, keys.value)
  verdict.textContent = words[code]
  verdict.dataset.verdict = code
  claimList.replaceChildren()
  if (claim === undefined) return
  const at = new Date(claim.at).toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'long',
  })
  const shown = { ...claim, at: `${at} (${claim.at})` }
  for (const field of ['intakeId', 'at', 'contentHash', 'keyId'] as const) {
    const term = document.createElement('dt')
    term.textContent = words[field]
    const value = document.createElement('dd')
    value.textContent = shown[field]
    claimList.append(term, value)
  }
}

function takeFragment(): void {
  const given = readFragment(location.hash)
  if (given.keys !== '') keys.value = given.keys
  if (given.slip !== '') slip.value = given.slip
  draw()
}

switchLanguage.addEventListener('click', () => {
  language = language === 'vi' ? 'en' : 'vi'
  switchLanguage.lang = language === 'vi' ? 'en' : 'vi'
  switchLanguage.textContent = language === 'vi' ? 'English' : 'Tiếng Việt'
  draw()
})
slip.addEventListener('input', draw)
keys.addEventListener('input', draw)
addEventListener('hashchange', takeFragment)
takeFragment()
slip.focus()
