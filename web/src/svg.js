// Small help with SVG.

const SPACE = 'http://www.w3.org/2000/svg';

export function add(parent, name, attributes) {
  const element = document.createElementNS(SPACE, name);
  set(element, attributes);
  parent.append(element);
  return element;
}

export function set(element, attributes) {
  for (const key in attributes) element.setAttribute(key, attributes[key]);
}

/** The pointer in the drawing's own units. */
export function pointIn(svg, event) {
  const box = svg.getBoundingClientRect();
  const view = svg.viewBox.baseVal;
  return [
    ((event.clientX - box.left) * view.width) / box.width,
    ((event.clientY - box.top) * view.height) / box.height,
  ];
}
