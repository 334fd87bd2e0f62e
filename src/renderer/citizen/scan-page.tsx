import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { PagePicture } from './page-picture.tsx'

/** One page: what was noticed, and what may be done about it. */
export function ScanPage({ screen }: ScreenProps<'scanPage'>) {
  const { text, send } = useKiosk()
  const { page, pages } = screen
  const move = (to: 'earlier' | 'later') => send({ path: 'scan.movePage', input: { to } })
  return (
    <Page
      className="scan-page"
      title={text('scanPage.title', { number: page.number, pages })}
      lead={text(page.state === 'kept' ? 'scanPage.keptLead' : 'scanPage.lead')}
      actions={
        <>
          <div className="button-pair">
            <Button
              testId="page-earlier"
              disabled={page.number === 1}
              onPress={() => move('earlier')}
            >
              {text('scanPage.earlier')}
            </Button>
            <Button
              testId="page-later"
              disabled={page.number === pages}
              onPress={() => move('later')}
            >
              {text('scanPage.later')}
            </Button>
            <Button
              testId="page-leave-out"
              onPress={() => send({ path: 'scan.leavePageOut', input: {} })}
            >
              {text('scanPage.leaveOut')}
            </Button>
            <Button
              testId="page-replace"
              onPress={() => send({ path: 'scan.replacePage', input: {} })}
            >
              {text('scanPage.replace')}
            </Button>
          </div>
          <Button
            kind="primary"
            testId="page-good"
            onPress={() => send({ path: 'session.back', input: {} })}
          >
            {text('scanPage.good')}
          </Button>
        </>
      }
    >
      {page.hints.length > 0 && (
        <ul className="page-hints">
          {page.hints.map((hint) => (
            <li key={hint} data-testid={`hint-${hint}`}>
              {text(`scanHint.${hint}.long`)}
            </li>
          ))}
        </ul>
      )}
      <PagePicture page={page} />
    </Page>
  )
}
