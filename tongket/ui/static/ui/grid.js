// The grid of ratings as a spreadsheet: keys, typing of level letters, paste from Excel, fill down, undo and redo.
// Without this script the same form works with its select boxes.
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form) return;
  document.documentElement.classList.add("has-grid");
  var status = form.querySelector("[data-grid-status]"), warning = form.querySelector("[data-grid-alert]");
  var undoButton = form.querySelector("[data-grid-undo]"), redoButton = form.querySelector("[data-grid-redo]");
  var rows = Array.from(form.querySelectorAll("tbody tr:not(.fault)")).map(function (row) {
    return Array.from(row.querySelectorAll("[data-cell]"));
  });
  var width = Math.max.apply(null, rows.map(function (cells) { return cells.length; }).concat(0));
  var past = [], future = [], sending = false, before = null, last = null;

  function value(cell) { return cell.type === "checkbox" ? (cell.checked ? "1" : "") : cell.value; }
  function put(cell, text) { if (cell.type === "checkbox") cell.checked = text !== ""; else cell.value = text; }
  // What was recorded, also where the page came back with what was sent and refused.
  function recorded(cell) {
    if (cell.dataset.recorded !== undefined) return cell.dataset.recorded;
    return (cell.dataset.recorded = value(cell));
  }
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
  }
  function each(action) { rows.forEach(function (cells) { cells.forEach(action); }); }
  each(function (cell) { recorded(cell); });
  var refused = form.querySelector(".is-invalid") !== null;

  function show() {
    var changed = 0;
    each(function (cell) {
      var differs = value(cell) !== recorded(cell);
      cell.classList.toggle("changed", differs);
      if (differs) changed += 1;
    });
    status.textContent = changed ? changed + " " + status.dataset.changed : "";
    undoButton.disabled = past.length === 0;
    redoButton.disabled = future.length === 0;
    return changed;
  }
  function tell(text) { warning.textContent = text; warning.hidden = text === ""; }

  // --- changes, undo, redo: a step is a list of [cell, old, new] ---
  function note(step) {
    step = step.filter(function (one) { return one[1] !== one[2]; });
    if (step.length) { past.push(step); future = []; }
    show();
  }
  function change(pairs) {
    commit();
    note(pairs.map(function (pair) {
      var old = value(pair[0]);
      put(pair[0], pair[1]);
      return [pair[0], old, value(pair[0])];
    }));
    before = last ? value(last) : null;
  }
  function commit() {
    if (last && before !== null && value(last) !== before) { note([[last, before, value(last)]]); before = value(last); }
  }
  function step(from, to, which) {
    commit();
    var done = from.pop();
    if (!done) return;
    done.forEach(function (one) { put(one[0], one[which]); });
    to.push(done);
    done[0][0].focus();
    before = last ? value(last) : null;
    show();
  }
  function undo() { step(past, future, 1); }
  function redo() { step(future, past, 2); }

  // --- going about ---
  function place(cell) {
    for (var row = 0; row < rows.length; row += 1) {
      var column = rows[row].indexOf(cell);
      if (column >= 0) return [row, column];
    }
    return null;
  }
  function go(row, column, by) {
    while (row >= 0 && row < rows.length) {
      if (rows[row].length) {
        var cell = rows[row][Math.min(column, rows[row].length - 1)];
        cell.focus();
        if (cell.select && cell.type !== "checkbox") cell.select();
        return true;
      }
      row += by; // a line that is not rated has no cells
    }
    return false;
  }
  function sideways(at, by) {
    var cell = rows[at[0]][at[1] + by];
    if (!cell) return;
    cell.focus();
    if (cell.select && cell.type !== "checkbox") cell.select();
  }

  // --- reading what is typed or pasted ---
  function level(cell, text) {
    var typed = fold(text);
    if (typed === "") return "";
    var found = Array.from(cell.options).find(function (option) { return option.dataset.words.split("|").indexOf(typed) >= 0; });
    return found ? found.value : null;
  }
  function meant(cell, text) {
    text = text.replace(/[\u00a0\u200b\ufeff]/g, " ").trim();
    switch (cell.dataset.kind) {
      case "level": return level(cell, text);
      case "tick":
        if (["", "0", "khong"].indexOf(fold(text)) >= 0) return "";
        return ["1", "x", "co"].indexOf(fold(text)) >= 0 ? "1" : null;
      case "count": return /^\d{0,5}$/.test(text) ? text : null;
      default: return /^(\d{1,3}([.,]\d{1,2})?)?$/.test(text) ? text : null;
    }
  }
  function unread(cell) {
    switch (cell.dataset.kind) {
      case "level": return "không phải là mức. Hãy dùng X, T, H, K hoặc tên mức.";
      case "tick": return "không đọc được. Hãy ghi x cho có, để trống cho không.";
      case "count": return "không phải là số phiếu. Hãy ghi một số nguyên.";
      default: return "không phải là điểm. Hãy ghi số từ 0 đến 100, ví dụ 91,25.";
    }
  }
  function block(text) {
    var lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
    return lines.map(function (line) { return line.split("\t"); });
  }
  function paste(cell, text) {
    var at = place(cell), lines = block(text), pairs = [], wrong = [];
    var wide = Math.max.apply(null, lines.map(function (line) { return line.length; }));
    if (lines.length > rows.length - at[0]) {
      wrong.push("Vùng dán có " + lines.length + " dòng, từ ô này xuống chỉ còn " + (rows.length - at[0]) + " dòng.");
    }
    if (wide > width - at[1]) {
      wrong.push("Vùng dán có " + wide + " cột, từ ô này sang chỉ còn " + (width - at[1]) + " cột.");
    }
    if (!wrong.length) {
      lines.forEach(function (line, down) {
        var cells = rows[at[0] + down];
        line.forEach(function (word, right) {
          var target = cells[at[1] + right];
          if (!target) {
            if (word.trim() !== "") wrong.push("Dòng " + (down + 1) + " của vùng dán rơi vào người chưa đánh giá: “" + word.trim() + "”.");
            return;
          }
          var read = meant(target, word);
          if (read === null) wrong.push("Dòng " + (down + 1) + ", cột " + (right + 1) + " của vùng dán: “" + word.trim().slice(0, 30) + "” " + unread(target));
          else pairs.push([target, read]);
        });
      });
    }
    if (wrong.length) {
      var more = wrong.length > 5 ? "\nVà " + (wrong.length - 5) + " chỗ khác." : "";
      tell("Chưa dán gì.\n" + wrong.slice(0, 5).join("\n") + more);
      return;
    }
    tell("");
    change(pairs);
  }
  function fillFromAbove(cell) {
    var at = place(cell);
    for (var row = at[0] - 1; row >= 0; row -= 1) {
      if (rows[row].length) { change([[cell, value(rows[row][at[1]])]]); return; }
    }
  }
  function fillDown(cell) {
    var at = place(cell), text = value(cell), pairs = [];
    for (var row = at[0] + 1; row < rows.length; row += 1) {
      var below = rows[row][at[1]];
      if (below && value(below) === "") pairs.push([below, text]);
    }
    change(pairs);
  }

  // --- events ---
  form.addEventListener("focusin", function (event) {
    if (!event.target.matches("[data-cell]")) return;
    commit();
    last = event.target;
    before = value(last);
  });
  form.addEventListener("input", function (event) { if (event.target.matches("[data-cell]")) show(); });
  form.addEventListener("change", function (event) { if (event.target.matches("[data-cell]")) commit(); });
  form.addEventListener("paste", function (event) {
    var cell = event.target.closest("[data-cell]"), text = event.clipboardData.getData("text/plain");
    if (!cell) return;
    if (cell.dataset.kind !== "level" && cell.dataset.kind !== "tick" && !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    paste(cell, text);
  });
  form.addEventListener("keydown", function (event) {
    var cell = event.target.closest("[data-cell]");
    if (!cell) return;
    if (event.ctrlKey || event.metaKey) { shortcut(event, cell); return; }
    if (event.altKey) return;
    var at = place(cell), text = cell.dataset.kind === "count" || cell.dataset.kind === "score";
    switch (event.key) {
      case "ArrowDown": go(at[0] + 1, at[1], 1); break;
      case "ArrowUp": go(at[0] - 1, at[1], -1); break;
      case "Enter": go(at[0] + (event.shiftKey ? -1 : 1), at[1], event.shiftKey ? -1 : 1); break;
      case "ArrowLeft":
        if (text && cell.selectionStart !== 0 && !whole(cell)) return;
        sideways(at, -1); break;
      case "ArrowRight":
        if (text && cell.selectionEnd !== cell.value.length && !whole(cell)) return;
        sideways(at, 1); break;
      case "Delete": case "Backspace":
        if (text && !whole(cell)) return;
        change([[cell, ""]]); break;
      default:
        if (cell.dataset.kind !== "level" || event.key.length !== 1) return;
        var read = level(cell, event.key);
        if (read) change([[cell, read]]);
    }
    event.preventDefault();
  });
  function whole(cell) { return cell.selectionStart === 0 && cell.selectionEnd === cell.value.length; }
  function shortcut(event, cell) {
    var key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) redo();
    else if (key === "d") fillFromAbove(cell);
    else if (key === "s") form.requestSubmit();
    else return;
    event.preventDefault();
  }
  undoButton.addEventListener("click", undo);
  redoButton.addEventListener("click", redo);
  form.querySelector("[data-grid-fill]").addEventListener("click", function () { if (last) { fillDown(last); last.focus(); } });
  form.addEventListener("submit", function () { sending = true; });
  window.addEventListener("beforeunload", function (event) {
    commit();
    if (!sending && (refused || show())) event.preventDefault();
  });
  window.addEventListener("pageshow", function () { sending = false; show(); });
  show();
})();
