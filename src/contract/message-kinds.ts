/** Every kind of message to the province. */
export { type MessageKind, messageKinds } from './province/message.ts'
