"""Pictures that explain: one module a unit, one function a figure, SVG text out."""
