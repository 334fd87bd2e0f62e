import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { PersonName } from '../ui/vietnamese.tsx'

export function Identity({ screen }: ScreenProps<'identity'>) {
  const { text, send } = useKiosk()
  const { name, idNumber, warnings } = screen.identity
  return (
    <Page
      title={text('identity.title')}
      lead={text('identity.masked')}
      actions={
        <Button
          kind="primary"
          testId="confirm"
          onPress={() => send({ path: 'intake.confirmIdentity', input: {} })}
        >
          {text('identity.confirm')}
        </Button>
      }
    >
      <div className="id-card">
        <svg viewBox="0 0 96 128" aria-hidden="true">
          <circle cx={48} cy={44} r={24} />
          <path d="M8 124c0-32 16-44 40-44s40 12 40 44Z" />
        </svg>
        <Facts
          large
          facts={[
            [text('identity.name'), <PersonName key="name" name={name} />],
            [text('identity.idNumber'), idNumber],
          ]}
        />
      </div>
      {warnings.length > 0 && (
        <div className="note" data-testid="identity-warnings">
          <p>{text('identity.warnings')}</p>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{text(`identityWarning.${warning}`)}</li>
            ))}
          </ul>
        </div>
      )}
    </Page>
  )
}
