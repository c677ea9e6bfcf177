/**
 * Closes what explains a URL with Escape, until the pointer or the focus is elsewhere; and begins a picture that is wider than the
 * screen at the people who log in.
 */
export const PAGE_SCRIPT = `
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') document.body.classList.add('quiet'); });
if (!document.querySelector('nav')) for (const picture of document.querySelectorAll('.picture')) { const people = picture.querySelector('.people'); if (people) picture.scrollLeft = people.getBoundingClientRect().left - picture.getBoundingClientRect().left - 60; }
for (const name of ['focusin', 'mouseover']) document.addEventListener(name, (event) => { if (!(event.target instanceof Element && event.target.closest('.why:hover, .why:focus-within')) || name === 'focusin') document.body.classList.remove('quiet'); });
`;

/** Shows the page anew when the server says that it has changed, at the place where the reader was. */
export const RELOAD_SCRIPT = `
new EventSource('/changes').addEventListener('changed', () => location.reload());
`;
