"""What no list may take away: without it nobody could lock the screen, give a password or mend the desktop. Pure."""

import re
from collections.abc import Iterable

_SYSTEM = "system"
"""The catalogue's category of shells and lock screens."""

_VITAL = re.compile(
    r"(?:org\.)?(?:productify(?:[ ._-]?pro)?"
    # panels, docks, launchers and desktops
    r"|gnome[ -]shell|gjs|plasmashell|org\.kde\.plasmashell|krunner|kwin[\w.-]*|xfce4-(?:panel|appfinder|session.*)"
    r"|xfdesktop|lxqt-(?:panel|runner|session|leave)|lxpanel|pcmanfm-desktop|mate-panel|cinnamon|budgie-[\w-]+|tint2"
    r"|polybar|waybar|i3bar|swaybar|plank|cairo-dock|latte-dock|docky|conky|rofi|wofi|fuzzel|dmenu|bemenu|tofi|ulauncher"
    r"|albert|synapse|nwg-[\w-]+|desktop_window|nemo-desktop|nautilus-desktop|marco|mutter|muffin|openbox|xfwm4"
    # lock screens, log-in and log-out
    r"|i3lock[\w-]*|swaylock[\w-]*|hyprlock|gtklock|slock|waylock|physlock|xlock|xtrlock|xsecurelock|betterlockscreen"
    r"|xscreensaver[\w-]*|light-locker|kscreenlocker[\w-]*|[\w-]+-screensaver|screen ?saver|lock ?screen|lockapp\.exe"
    r"|[\w-]*greeter|gdm[\w-]*|sddm[\w-]*|lightdm[\w-]*|wlogout|ksmserver[\w-]*|gnome-session[\w-]*"
    # what asks for a password or a permission
    r"|[\w.-]*polkit[\w.-]*|pinentry[\w-]*|[\w-]*askpass[\w-]*|gcr-prompter|seahorse|kwallet[\w-]*|pkexec|gksu(?:do)?|kdesu"
    r"|xdg-desktop-portal[\w.-]*|zenity-password|gnome-keyring[\w-]*|credentialuibroker(?:\.exe)?|consent(?:\.exe)?"
    # notifications, input methods, help to see and to type
    r"|dunst|mako|xfce4-notifyd|notification[ -]daemon|swaync|ibus[\w-]*|fcitx[\w-]*|onboard|orca|magnus|florence"
    r"|explorer\.exe-shell|securityagent|com\.apple\.securityagent|com\.apple\.loginwindow|usernotificationcenter)",
    re.IGNORECASE,
)
_HANDY = re.compile(
    r"(?:systemsettings|system ?settings|org\.kde\.systemsettings|gnome-control-center|org\.gnome\.settings|settings"
    r"|xfce4-settings[\w-]*|xfce4-display-settings|lxqt-config[\w-]*|mate-control-center|cinnamon-settings|unity-control-center"
    r"|systemsettings\.exe|control\.exe|com\.apple\.(?:systempreferences|systemsettings)|system ?preferences"
    r"|pavucontrol[\w-]*|blueman[\w-]*|nm-connection-editor|nm-applet|arandr|wdisplays|xfce4-power-manager[\w-]*"
    r"|gnome-system-monitor|system ?monitor|xfce4-taskmanager|ksysguard|plasma-systemmonitor|taskmgr(?:\.exe)?"
    r"|activity ?monitor|com\.apple\.activitymonitor"
    r"|1password(?:\.exe)?|bitwarden(?:\.exe)?|keepass[\w.-]*|org\.keepassxc\.keepassxc|enpass[\w.-]*|proton ?pass"
    r"|passwords|com\.apple\.passwords|qtpass|pass)",
    re.IGNORECASE,
)
_PASSWORD_PROMPT = re.compile(
    r"(?<![\w-])(?:sudo|doas|su|passwd|pinentry|ssh-add|cryptsetup|password|passphrase)(?![\w-])", re.I
)
_TERMINAL = re.compile(
    r"(?:[\w.-]*term(?:inal)?(?:-[\w-]+|\.exe)?|[\w-]*xterm|konsole|org\.kde\.konsole|kitty|alacritty|foot(?:client)?"
    r"|wezterm[\w-]*|tilix|terminator|guake|yakuake|st(?:-256color)?|u?rxvt[\w-]*|windowsterminal(?:\.exe)?|ghostty"
    r"|com\.apple\.terminal|com\.googlecode\.iterm2|iterm2?|ptyxis|org\.gnome\.(?:ptyxis|console|terminal)|kgx)",
    re.IGNORECASE,
)


def is_vital(names: Iterable[str], category: str | None) -> bool:
    """Return whether it is never blocked: the app itself, shells, panels, lock screens, requests for a password."""
    return category == _SYSTEM or any(_VITAL.fullmatch(name) for name in names)


def is_handy(names: Iterable[str], title: str | None) -> bool:
    """Return whether "everything but" a list does not mean it.

    That is system settings, password managers, and a terminal whose title says that it asks for a password.
    """
    known = tuple(names)
    if any(_HANDY.fullmatch(name) for name in known):
        return True
    asks = title is not None and _PASSWORD_PROMPT.search(title) is not None
    return asks and any(_TERMINAL.fullmatch(name) for name in known)
