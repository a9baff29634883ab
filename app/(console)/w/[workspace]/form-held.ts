/** Thrown by a submit that did not save yet, and says so in its own place: the form keeps its input and stays dirty. */
export class FormHeld extends Error {
  override readonly name = 'FormHeld'
  readonly problem = { title: '', detail: '', code: 'held' }

  constructor() {
    super('The form waits for a decision.')
  }
}
