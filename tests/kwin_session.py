"""A mock of KWin's scripting over D-Bus, as Plasma 5 or 6 has it, that runs scripts in Qt's own JavaScript engine.

Run as a program it is the mock: its standard input takes JavaScript, in which `open(window)`, `activate(window)` and
`change(name, value)` stand for what a user does.
"""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_WORKSPACE = """
var Signal = class {
    constructor() { this.hearers = []; }
    connect(hearer) { this.hearers.push(hearer); }
    disconnect(hearer) { this.hearers = this.hearers.filter(each => each !== hearer); }
    emit(...values) { for (const hearer of this.hearers) hearer(...values); }
}

var calls = [];
function callDBus(...call) { calls.push(call); }

var [active, activated] = plasma === 6 ? ["activeWindow", "windowActivated"] : ["activeClient", "clientActivated"];
var desktops = [{id: "one"}, {id: "two"}];
var opened = [];
var workspace = {[active]: null, [activated]: new Signal()};
workspace[plasma === 6 ? "windowList" : "clientList"] = () => opened;
workspace.currentDesktop = plasma === 6 ? desktops[0] : 1;

function on(desktop) {
    return plasma === 6 ? {desktops: [desktops[desktop - 1]]} : {desktop};
}

function open(window) {
    const made = Object.assign({
        desktopWindow: false, fullScreen: false, minimized: false, resourceName: "", desktopFileName: "",
        frameGeometry: {x: 0, y: 0, width: 100, height: 100}, captionChanged: new Signal(),
        fullScreenChanged: new Signal(),
    }, on(1), window);
    opened.push(made);
    activate(made);
}

function activate(window) {
    workspace[active] = window;
    workspace[activated].emit(window);
}

function change(name, value) {
    workspace[active][name] = value;
    workspace[active][`${name}Changed`].emit();
}
"""


class Kwin:
    """The mock as a test sees it."""

    def __init__(self, env: dict[str, str], plasma: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(plasma)], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self.says() != "ready":
            self.end()
            raise RuntimeError("the mock of KWin does not start")

    def do(self, code: str) -> None:
        """Let a user do something."""
        assert self._process.stdin is not None
        self._process.stdin.write(code + "\n")
        self._process.stdin.flush()

    def says(self) -> str:
        """Return the next line that the mock prints."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        """Let KWin go away."""
        self._process.terminate()
        self._process.communicate(timeout=5)


def _mock(plasma: int) -> None:
    from dbus_fast import BusType, Message, MessageType
    from dbus_fast.aio import MessageBus
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtQml import QJSEngine

    application = QCoreApplication([])
    engine = QJSEngine()
    scripts: dict[str, str] = {}
    script_path = "/Scripting/Script7" if plasma == 6 else "/7"

    def run(code: str) -> list[list[str]]:
        """Evaluate and return the D-Bus calls that the code made."""
        result = engine.evaluate(code)
        if result.isError():
            raise RuntimeError(f"{result.toString()} in line {result.property('lineNumber').toInt()}")
        return list(json.loads(engine.evaluate("JSON.stringify(calls.splice(0))").toString()))

    async def serve() -> None:
        bus = await MessageBus(bus_type=BusType.SESSION).connect()

        def send(calls: list[list[str]]) -> None:
            for name, path, interface, member, *body in calls:
                message = Message(name, path, interface, member, signature="s" * len(body), body=body)
                asyncio.ensure_future(bus.call(message))  # noqa: RUF006 whether it is heard is for the test to see

        def answer(message: Message) -> Any:
            match message.path, message.member, message.body:
                case ("/Scripting", "loadScript", [path, plugin]):
                    scripts[plugin] = Path(path).read_text()
                    return Message.new_method_return(message, "i", [7])
                case ("/Scripting", "unloadScript", [plugin]):
                    print("unloaded" if scripts.pop(plugin, None) else "nothing to unload", flush=True)
                    return Message.new_method_return(message, "b", [True])
                case (path, "run", []) if path == script_path:
                    send(run(list(scripts.values())[-1]))
                    return Message.new_method_return(message)
            if message.message_type is MessageType.METHOD_CALL and message.destination == "org.kde.KWin":
                return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownObject", str(message.path))
            return None

        bus.add_message_handler(answer)
        await bus.request_name("org.kde.KWin")
        run(f"var plasma = {plasma};{_WORKSPACE}")
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        print("ready", flush=True)
        while line := await reader.readline():
            send(run(line.decode()))

    asyncio.run(serve())
    application.quit()


if __name__ == "__main__":
    _mock(int(sys.argv[1]))
