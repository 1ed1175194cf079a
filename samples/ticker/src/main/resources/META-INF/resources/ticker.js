'use strict';

// The page of the ticker sample: one WebSocket, JSON both ways, charts drawn as SVG.

const FIRST_DELAY = 500; // milliseconds before the first attempt to reconnect; doubled each time
const LONGEST_DELAY = 10_000;
const WIDTH = 120; // prices in a chart, and units of its width
const HEIGHT = 40;
const LOT = 10; // shares in an order

const $ = id => document.getElementById(id);
const money = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 2, signDisplay: 'exceptZero' });

let socket = null;
let delay = FIRST_DELAY;
let cash = 0;
const stocks = new Map(); // by symbol: {prices, held, card}

function part(card, name) {
  return card.querySelector(`.${name}`);
}

function list({ symbol, name, prices }) {
  const card = $('stock').content.firstElementChild.cloneNode(true);
  card.dataset.symbol = symbol;
  part(card, 'symbol').textContent = symbol;
  part(card, 'name').textContent = name;
  part(card, 'chart').setAttribute('aria-label', `The last prices of ${name}`);
  for (const order of ['buy', 'sell']) {
    part(card, order).setAttribute('aria-label', `${part(card, order).textContent} shares of ${name}`);
    part(card, order).addEventListener('click', () => send({ do: order, symbol, count: LOT }));
  }
  const stock = { prices: prices.slice(-WIDTH), held: 0, card };
  stocks.set(symbol, stock);
  $('stocks').append(card);
  draw(stock);
}

function draw({ prices, card }) {
  const now = prices.at(-1);
  const change = now / prices[0] - 1;
  const trend = Math.abs(change) < 0.00005 ? 'flat' : change > 0 ? 'up' : 'down';
  card.dataset.trend = trend;
  part(card, 'price').textContent = money.format(now);
  part(card, 'change').textContent = `${{ up: '▲', down: '▼', flat: '■' }[trend]} ${percent.format(change)}`;

  const low = Math.min(...prices);
  const room = Math.max(...prices) - low || 1;
  const y = price => (HEIGHT - 3 - (price - low) / room * (HEIGHT - 6)).toFixed(2);
  const step = WIDTH / Math.max(1, prices.length - 1);
  const points = prices.map((price, i) => `${(i * step).toFixed(2)},${y(price)}`).join(' ');
  part(card, 'line').setAttribute('points', points);
  part(card, 'area').setAttribute('points', `0,${HEIGHT} ${points} ${WIDTH},${HEIGHT}`);
  part(card, 'base').setAttribute('y1', y(prices[0]));
  part(card, 'base').setAttribute('y2', y(prices[0]));
}

function move(stock, price) {
  stock.prices.push(price);
  if (stock.prices.length > WIDTH) stock.prices.shift();
  draw(stock);
}

function showPurse() {
  let worth = cash;
  for (const { held, prices } of stocks.values()) worth += held * prices.at(-1);
  $('cash').textContent = money.format(cash);
  $('worth').textContent = money.format(worth);
}

function showNews(text, problem) {
  $('news').textContent = text;
  $('news').classList.toggle('problem', Boolean(problem));
}

function showState(state, text) {
  $('status').dataset.state = state;
  $('status').textContent = text;
  for (const button of document.querySelectorAll('.stock button')) button.disabled = state !== 'open';
}

const on = {
  opened(event) {
    delay = FIRST_DELAY;
    cash = event.cash;
    stocks.clear();
    $('stocks').replaceChildren();
    event.quotes.forEach(list);
    showState('open', 'Live');
    showPurse();
    showNews('');
  },
  ticked({ prices }) {
    for (const [symbol, price] of Object.entries(prices)) {
      const stock = stocks.get(symbol);
      if (stock) move(stock, price);
    }
    showPurse();
  },
  traded({ symbol, count, price, ...purse }) {
    cash = purse.cash;
    const stock = stocks.get(symbol);
    stock.held = purse.shares[symbol];
    part(stock.card, 'held').textContent = stock.held ? `You have ${stock.held}` : 'You have none';
    showPurse();
    showNews(`${count > 0 ? 'Bought' : 'Sold'} ${Math.abs(count)} ${symbol} at ${money.format(price)}`);
  },
  refused({ reason }) {
    showNews(reason, true);
  },
};

function send(order) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(order));
}

function connect() {
  showState('connecting', 'Connecting…');
  const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/market`);
  socket = opened;
  opened.onmessage = message => {
    const event = JSON.parse(message.data);
    on[event.kind]?.(event);
  };
  opened.onclose = () => {
    // Somewhat random, so that a restarted server does not meet all its visitors at once.
    const pause = delay * (0.75 + Math.random() / 2);
    delay = Math.min(delay * 2, LONGEST_DELAY);
    showState('waiting', `Connection lost. Trying again in ${Math.max(1, Math.round(pause / 1000))} s…`);
    setTimeout(connect, pause);
  };
}

connect();
