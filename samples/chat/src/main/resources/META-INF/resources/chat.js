'use strict';

// The page of the chat sample: one WebSocket, JSON both ways. Whatever people write is shown with textContent, never as HTML.

const FIRST_DELAY = 500; // milliseconds before the first attempt to reconnect; doubled each time
const LONGEST_DELAY = 10_000;
const MOST_ENTRIES = 500; // in the log; older ones are removed

const $ = id => document.getElementById(id);
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

let socket = null;
let wanted = null; // {name, room} while somebody wants to be in a room
let myName = null;
let delay = FIRST_DELAY;
let timer = 0;
let lastSpeaker = null;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function face(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 8191;
  const made = element('span', `face tone-${sum % 8}`, [...name][0].toUpperCase());
  made.setAttribute('aria-hidden', 'true');
  return made;
}

function append(entry) {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  log.append(entry);
  while (log.childElementCount > MOST_ENTRIES) log.firstElementChild.remove();
  if (atEnd || entry.classList.contains('mine')) log.scrollTop = log.scrollHeight;
}

function showNotice(text, at, problem) {
  lastSpeaker = null;
  append(element('p', problem ? 'notice problem' : 'notice', at ? `${text} · ${time.format(new Date(at))}` : text));
}

function showSaid({ name, text, at }) {
  const mine = name === myName;
  const entry = element('article', 'said');
  entry.classList.toggle('mine', mine);
  entry.classList.toggle('same', lastSpeaker === name);
  const who = element('p', 'who');
  const when = element('time', '', time.format(new Date(at)));
  when.dateTime = at;
  who.append(element('b', '', mine ? 'You' : name), ' · ', when);
  const words = element('p', 'words', text);
  words.dir = 'auto';
  words.title = new Date(at).toLocaleString();
  entry.append(face(name), who, words);
  append(entry);
  lastSpeaker = name;
}

function showPeople(here) {
  $('count').textContent = here.length;
  $('people').replaceChildren(...here.map(name => {
    const person = element('li');
    person.append(face(name), element('span', '', name === myName ? `${name} (you)` : name));
    return person;
  }));
}

function showState(state, text) {
  $('status').dataset.state = state;
  $('status').textContent = text;
  $('send').disabled = state !== 'open';
}

const on = {
  welcome({ name, here, history }) {
    myName = name;
    delay = FIRST_DELAY;
    lastSpeaker = null;
    $('log').replaceChildren();
    history.forEach(showSaid);
    showPeople(here);
    showState('open', `Connected as ${name}`);
    showNotice(here.length > 1 ? `You joined ${here.length - 1} other${here.length > 2 ? 's' : ''}` : 'You are the first one here', new Date());
  },
  joined({ name, here, at }) {
    showPeople(here);
    showNotice(`${name} joined`, at);
  },
  left({ name, here, at }) {
    showPeople(here);
    showNotice(`${name} left`, at);
  },
  said: showSaid,
  refused({ reason }) {
    showNotice(reason, null, true);
  },
};

function connect() {
  clearTimeout(timer);
  showState('connecting', 'Connecting…');
  const base = location.origin.replace(/^http/, 'ws');
  const opened = new WebSocket(`${base}/chat/${encodeURIComponent(wanted.room)}?name=${encodeURIComponent(wanted.name)}`);
  socket = opened;
  opened.onmessage = message => {
    if (opened !== socket) return;
    const event = JSON.parse(message.data);
    on[event.kind]?.(event);
  };
  opened.onclose = () => {
    if (opened !== socket || !wanted) return;
    // Somewhat random, so that a restarted server does not meet all its guests at once.
    const pause = delay * (0.75 + Math.random() / 2);
    delay = Math.min(delay * 2, LONGEST_DELAY);
    showPeople([]);
    showState('waiting', `Connection lost. Trying again in ${Math.max(1, Math.round(pause / 1000))} s…`);
    timer = setTimeout(connect, pause);
  };
}

function enter(name, room) {
  wanted = { name, room };
  remember('name', name);
  remember('room', room);
  history.replaceState(null, '', `#${encodeURIComponent(room)}`);
  document.title = `${room} · Ferrule chat`;
  $('title').textContent = room;
  $('log').replaceChildren();
  $('entry').hidden = true;
  $('chat').hidden = false;
  $('text').focus();
  delay = FIRST_DELAY;
  connect();
}

function leave() {
  wanted = null;
  clearTimeout(timer);
  socket?.close(1000);
  socket = null;
  document.title = 'Ferrule chat';
  $('chat').hidden = true;
  $('entry').hidden = false;
  $('name').focus();
}

function send() {
  const text = $('text').value.trim();
  if (!text || socket?.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ text }));
  $('text').value = '';
  grow();
}

function grow() {
  const text = $('text');
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

// Private windows may refuse to remember.
function remember(key, value) {
  try {
    localStorage.setItem(`ferrule-chat-${key}`, value);
  } catch { /* then not */ }
}

function remembered(key) {
  try {
    return localStorage.getItem(`ferrule-chat-${key}`);
  } catch {
    return null;
  }
}

function roomOfAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

$('entry-form').addEventListener('submit', event => {
  event.preventDefault();
  const name = $('name').value.trim();
  const room = $('room').value.trim();
  if (name && room) enter(name, room);
});
$('composer').addEventListener('submit', event => {
  event.preventDefault();
  send();
});
$('text').addEventListener('input', grow);
$('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
});
$('leave').addEventListener('click', leave);
addEventListener('online', () => {
  if (wanted && socket?.readyState === WebSocket.CLOSED) connect();
});

$('name').value = remembered('name') ?? '';
$('room').value = roomOfAddress() || remembered('room') || 'lobby';
$('name').focus();
