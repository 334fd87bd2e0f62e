import i18next from 'i18next'
import type { Language } from '../../contract/roles.ts'
import { en } from './en/index.ts'
import { vi } from './vi/index.ts'

export type Text = (key: string, values?: Readonly<Record<string, string | number>>) => string

const catalogue = i18next.createInstance()
catalogue.init({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { translation: vi }, en: { translation: en } },
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
})

/** The texts of one language. A key that exists in no catalogue comes back as itself, so that tests find it. */
export function textsIn(language: Language): Text {
  const translate = catalogue.getFixedT(language)
  return (key, values) => translate(key, values ?? {})
}
