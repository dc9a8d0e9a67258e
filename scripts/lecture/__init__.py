"""The engine that keeps the lecture notes true: collect, plan, run, freeze, draw, pages."""
