/** The formats that need a layout: a part of the program of its own. */
export { html } from './html';
export { svg } from './svg';
