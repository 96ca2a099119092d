// Coordinates to the clipboard, with a word that it was done.

let note = null;
let timer = 0;

function say(text) {
  if (!note) {
    note = document.createElement('div');
    note.className = 'said';
    note.setAttribute('role', 'status');
    document.body.append(note);
  }
  note.textContent = text;
  note.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => note.classList.remove('shown'), 2500);
}

function copyByHand(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'off-screen';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${text}`);
  } catch {
    say(copyByHand(text) ? `Copied ${text}` : text);
  }
}

export function setupCopy() {
  for (const element of document.querySelectorAll('.coordinates[data-at]')) {
    element.tabIndex = 0;
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', `Copy ${element.dataset.at}`);
    element.addEventListener('click', () => copy(element.dataset.at));
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      copy(element.dataset.at);
    });
  }
}
