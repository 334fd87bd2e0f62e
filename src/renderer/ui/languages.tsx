import { useKiosk } from '../api/kiosk-context.ts'

export function Languages() {
  const { snapshot, text, send } = useKiosk()
  if (snapshot.languages.length < 2) return null
  return (
    <div className="languages">
      {snapshot.languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          data-testid={`language-${language}`}
          aria-pressed={language === snapshot.language}
          onClick={() => send({ path: 'session.setLanguage', input: { language } })}
        >
          {text(`language.${language}`)}
        </button>
      ))}
    </div>
  )
}
