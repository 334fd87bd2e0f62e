const signals = {
  attention: [660, 660],
  alarm: [880, 660, 880, 660],
  done: [520, 780],
} as const

let audio: AudioContext | undefined

/** Short tones; silent where the browser or the machine has no sound. */
export function playSignal(signal: keyof typeof signals): void {
  if (typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  const start = audio.currentTime
  for (const [index, frequencyHz] of signals[signal].entries()) {
    const tone = new OscillatorNode(audio, { frequency: frequencyHz })
    const volume = new GainNode(audio, { gain: 0.15 })
    tone.connect(volume).connect(audio.destination)
    tone.start(start + index * 0.25)
    tone.stop(start + index * 0.25 + 0.18)
  }
}
