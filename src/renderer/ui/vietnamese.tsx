import { useKiosk } from '../api/kiosk-context.ts'

/** Letters that of the kiosk's languages only Vietnamese writes. */
const vietnameseLetters = /[ăâđêôơư\u1ea0-\u1ef9]/iu
/** What a sentence of another language quotes: in brackets, or at its end after a colon. */
const quoted = /[(:៖]\s*([^():៖។.]*[ăâđêôơư\u1ea0-\u1ef9][^():៖។.]*)/iu

/**
 * `vi` for a text that is Vietnamese on a page in another language: a name, or what nobody has translated.
 * Voices and fonts go by it. For an element that holds nothing else; inside a sentence use `WithVietnamese`.
 */
export function useLangOf(): (text: string) => 'vi' | undefined {
  const { snapshot } = useKiosk()
  return (text) => (snapshot.language !== 'vi' && vietnameseLetters.test(text) ? 'vi' : undefined)
}

/** A sentence of the page's language with `name` in it; without one, with what it quotes. */
export function WithVietnamese({
  sentence,
  name = quoted.exec(sentence)?.[1] ?? '',
}: {
  readonly sentence: string
  readonly name?: string
}) {
  const lang = useLangOf()(name)
  const at = sentence.indexOf(name)
  if (lang === undefined || at < 0) return sentence
  return (
    <>
      {sentence.slice(0, at)}
      <bdi lang={lang}>{name}</bdi>
      {sentence.slice(at + name.length)}
    </>
  )
}

/** As it stands on the card: Vietnamese also where it has no marks. */
export function PersonName({ name }: { readonly name: string }) {
  return <bdi lang="vi">{name}</bdi>
}
