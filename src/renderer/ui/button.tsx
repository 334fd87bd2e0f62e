import type { ReactNode } from 'react'

export interface ButtonProps {
  /** `primary`: the one next step of a screen. */
  readonly kind?: 'primary' | 'secondary' | 'quiet'
  readonly testId: string
  readonly onPress: () => void
  readonly disabled?: boolean
  readonly className?: string
  readonly label?: string
  readonly children: ReactNode
}

export function Button(props: ButtonProps) {
  const { kind = 'secondary', className = '', disabled = false } = props
  return (
    <button
      type="button"
      className={`button ${kind} ${className}`}
      data-testid={props.testId}
      disabled={disabled}
      aria-label={props.label}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}
