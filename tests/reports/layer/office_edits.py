"""Edits made inside LibreOffice, in its own document model, by LibreOffice's own Python: as a clerk would make them.

Run by `office.edited` with the system's Python (the one that has `uno`), never imported.
Arguments: pipe name, file to open, file to write, edits as JSON.
"""

import contextlib
import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(150):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.2)
    raise SystemExit("no office")


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def fields(document):
    """The input fields, which is what bound controls are here, by the bookmark around each."""
    found = {}
    marks = document.getBookmarks()
    for name in marks.getElementNames():
        if name.startswith("_tk"):
            found[name] = marks.getByName(name).getAnchor()
    return found


def field_in(anchor):
    for portion in anchor.createEnumeration():
        inner = portion.createEnumeration()
        while inner.hasMoreElements():
            part = inner.nextElement()
            if part.TextPortionType == "TextField":
                return part.TextField
    return None


def paragraph_with(document, words):
    search = document.createSearchDescriptor()
    search.SearchString = words
    hit = document.findFirst(search)
    cursor = hit.getText().createTextCursorByRange(hit)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    return cursor


def main():
    pipe, source, target, edits = sys.argv[1:]
    context = connect(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(source), "_blank", 0, (option("Hidden", True),)
    )
    try:
        for edit in json.loads(edits):
            kind, what, *more = edit
            if kind == "type":  # into the control
                found = field_in(fields(document)[what])
                if found is None:
                    raise SystemExit(f"no field in {what}")
                found.setPropertyValue("Content", more[0])
                found.update()
            elif kind == "over":  # select it and type: the control goes
                fields(document)[what].setString(more[0])
            elif kind == "cut":  # delete the figure
                fields(document)[what].setString("")
            elif kind == "drop":  # delete the paragraph with these words
                paragraph_with(document, what).setString("")
            elif kind == "move":  # cut a paragraph and paste it at the end
                controller = document.getCurrentController()
                dispatcher = context.ServiceManager.createInstanceWithContext(
                    "com.sun.star.frame.DispatchHelper", context
                )
                view = controller.getViewCursor()
                cursor = paragraph_with(document, what)
                view.gotoRange(cursor.getStart(), False)
                view.gotoRange(cursor.getEnd(), True)
                dispatcher.executeDispatch(controller.getFrame(), ".uno:Cut", "", 0, ())
                view.gotoEnd(False)
                dispatcher.executeDispatch(controller.getFrame(), ".uno:Paste", "", 0, ())
        kind = "writer8" if target.endswith(".odt") else "MS Word 2007 XML"
        document.storeToURL(uno.systemPathToFileUrl(target), (option("FilterName", kind),))
    finally:
        document.close(True)
        with contextlib.suppress(Exception):
            desktop.terminate()


main()
