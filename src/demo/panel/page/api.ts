import type { PanelState } from '../panel-world.ts'

const token = location.hash.slice(1)
const headers = { 'x-panel-token': token }

export async function readState(): Promise<PanelState> {
  const response = await fetch('/api/state', { headers })
  if (!response.ok) throw new Error(`${response.status}`)
  return (await response.json()) as PanelState
}

/** Asks the world for one thing and says in the header what came of it. */
export async function act(request: Readonly<Record<string, unknown>>): Promise<unknown> {
  const response = await fetch('/api/act', {
    method: 'POST',
    headers,
    body: JSON.stringify(request),
  })
  const answer = (await response.json()) as { ok: boolean; result?: unknown; error?: string }
  say(answer.ok ? '' : `Không được: ${answer.error ?? ''}`)
  return answer.ok ? answer.result : undefined
}

export async function readPicture(name: string): Promise<string> {
  const response = await fetch(`/api/slips/${encodeURIComponent(name)}`, { headers })
  return URL.createObjectURL(await response.blob())
}

export function say(text: string): void {
  const message = document.getElementById('message')
  if (message === null) return
  message.textContent = text
  message.className = text.startsWith('Không') ? 'bad' : ''
}
