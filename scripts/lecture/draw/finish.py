"""What rcParams cannot say: last touches on a figure before it is saved."""

from typing import TYPE_CHECKING, Any

from lecture.draw.style import Palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure


def finish(figure: "Figure", palette: Palette) -> None:
    """Make the figure fit for its scheme, in place.

    Grids leave the axes that show an image. Contour lines and points leave out the end
    of viridis that the page would swallow. Black lines, arrows and edges, many of them
    Matplotlib's own doing (error bars, quivers), get the colour of the text; black text
    stays, for it is an author's choice for the inside of a bright patch.
    """
    _clear_grids(figure)
    _trim_colour_maps(figure, *palette.viridis)
    _replace_black(figure, palette.text)


def _clear_grids(figure: "Figure") -> None:
    from matplotlib.collections import QuadMesh

    for axes in figure.axes:
        meshes = any(isinstance(child, QuadMesh) for child in axes.collections)
        if axes.images or meshes:
            axes.grid(False)


def _trim_colour_maps(figure: "Figure", start: float, stop: float) -> None:
    import matplotlib
    import numpy
    from matplotlib.colors import ListedColormap

    viridis = matplotlib.colormaps["viridis"]
    part = ListedColormap(viridis(numpy.linspace(start, stop, 256)))
    thin: list[Any] = figure.findobj(_is_thin)
    for artist in thin:
        if artist.get_cmap() == viridis:
            artist.set_cmap(part)


def _is_thin(artist: "Artist") -> bool:
    from matplotlib.collections import PathCollection
    from matplotlib.contour import ContourSet

    if isinstance(artist, ContourSet):
        return not artist.filled
    return isinstance(artist, PathCollection)


def _replace_black(figure: "Figure", colour: str) -> None:
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    for line in figure.findobj(Line2D):
        for part in ("color", "markeredgecolor", "markerfacecolor"):
            _replace_black_part(line, part, colour)
    for kind in (Collection, Patch):
        for shape in figure.findobj(kind):
            for part in ("facecolor", "edgecolor"):
                _replace_black_part(shape, part, colour)


def _replace_black_part(artist: Any, part: str, colour: str) -> None:
    from matplotlib.colors import to_rgb, to_rgba_array

    colours = to_rgba_array(getattr(artist, f"get_{part}")())
    black = (colours[:, :3] == 0).all(axis=1) & (colours[:, 3] > 0)
    if black.any():
        colours[black, :3] = to_rgb(colour)
        new = colours if len(colours) > 1 else tuple(colours[0])
        getattr(artist, f"set_{part}")(new)
