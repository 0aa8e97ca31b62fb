// Shows what is behind a statement beside it. Without this, each "Why?" is a link to a page that says the same.

const OPEN = { link: null, answer: null };

/** Close the answer that is shown; `back` gives the focus to the link that opened it. */
function close(back) {
  const { link, answer } = OPEN;
  if (!link) return;
  answer.remove();
  link.setAttribute("aria-expanded", "false");
  link.removeAttribute("aria-controls");
  if (back) link.focus();
  OPEN.link = OPEN.answer = null;
}

/** Put an empty answer below the paragraph, item or cell of a link. */
function place(link) {
  const answer = document.createElement("div");
  answer.id = "why-answer";
  answer.className = "answer";
  answer.tabIndex = -1;
  answer.setAttribute("role", "region");
  answer.setAttribute("aria-label", link.textContent.trim());
  const around = link.closest("li, td, p");
  if (around?.matches("li, td")) around.append(answer);
  else (around ?? link).after(answer);
  return answer;
}

/** Return what is behind a statement, from the page of a link. Throws an Error that says what failed. */
async function fetched(link) {
  const response = await fetch(link.href, { headers: { Accept: "text/html" } }).catch(() => {
    throw new Error("The server could not be reached.");
  });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok) throw new Error(page.querySelector("main p")?.textContent ?? "The server gave no answer.");
  const behind = page.querySelector("#behind");
  if (!behind) throw new Error("The answer has another form than this page knows.");
  return [...behind.childNodes].map((node) => document.importNode(node, true));
}

/** Return the words for what failed, with the link to follow instead. */
function failure(error, link) {
  const words = document.createElement("p");
  const instead = document.createElement("a");
  instead.href = link.href;
  instead.textContent = "Open its page instead";
  words.append(`${error.message} `, instead, ".");
  return [words];
}

/** Return the button that closes the answer. */
function closing() {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Close";
  button.addEventListener("click", () => close(true));
  return button;
}

async function open(link) {
  close(false);
  const answer = place(link);
  Object.assign(OPEN, { link, answer });
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", answer.id);
  answer.textContent = "Looking it up …";
  const found = await fetched(link).catch((error) => failure(error, link));
  if (OPEN.answer !== answer) return; // closed, or another one opened, meanwhile
  answer.replaceChildren(...found, closing());
  answer.focus();
}

/** Whether a click asks for the link itself: in a new tab or window, or to save it. */
function wantsLink(event) {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

function toggle(link) {
  if (OPEN.link === link) close(true);
  else open(link);
}

for (const link of document.querySelectorAll("a.why")) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", (event) => {
    if (wantsLink(event)) return;
    event.preventDefault();
    toggle(link);
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return; // a button answers to Space too, a link only to Enter
    event.preventDefault();
    toggle(link);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close(true);
});
