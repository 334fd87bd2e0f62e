import type { ReactNode } from 'react'
import type { Input, ScreenProblem } from '../../contract/screen.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { Button } from './button.tsx'
import { Keyboard } from './keyboard.tsx'
import { Page } from './page.tsx'
import { TypedField } from './typed-field.tsx'

interface TypedPageProps {
  readonly input: Input
  readonly problem: ScreenProblem | null
  readonly hintValues?: Readonly<Record<string, string>>
  readonly children?: ReactNode
  /** Other ways than typing. */
  readonly others?: ReactNode
}

/** One field, its keyboard and the next step. */
export function TypedPage({ input, problem, hintValues, children, others }: TypedPageProps) {
  const { text, send } = useKiosk()
  return (
    <Page
      className={`typed ${input.keyboard}`}
      title={text(`field.${input.field}.title`)}
      lead={text(`field.${input.field}.hint`, hintValues)}
      problem={problem}
      actions={
        <>
          {others}
          <Button
            kind="primary"
            testId="submit"
            disabled={!input.complete}
            onPress={() => send({ path: 'input.submit', input: {} })}
          >
            {text('field.submit')}
          </Button>
        </>
      }
    >
      <TypedField input={input} />
      {children}
      <Keyboard input={input} />
    </Page>
  )
}
