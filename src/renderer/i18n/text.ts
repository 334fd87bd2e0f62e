import i18next from 'i18next'
import type { Language } from '../../contract/roles.ts'
import { en } from './en/index.ts'
import { km } from './km/index.ts'
import { vi } from './vi/index.ts'

export type Text = (key: string, values?: Readonly<Record<string, string | number>>) => string

const catalogue = i18next.createInstance()
catalogue.init({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { translation: vi }, en: { translation: en }, km: { translation: km } },
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
})

/** The texts of one language; what is for staff only stands in Vietnamese in Khmer. A key that exists in no catalogue comes back as itself, so that tests find it. */
export function textsIn(language: Language): Text {
  const translate = catalogue.getFixedT(language)
  return (key, values) => translate(key, values ?? {})
}
