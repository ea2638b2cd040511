"""Every setting of a project: declared once, and checked by REST framework's own fields."""
