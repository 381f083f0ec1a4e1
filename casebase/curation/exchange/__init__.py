"""The round trip through Excel: records out to a workbook, edited rows back in.

``columns`` says which cell holds which key, ``cells`` turns values into text and back,
``write`` makes the workbook, ``guard`` and ``read`` take one in suspiciously, ``compare`` finds
what staff changed, ``apply`` saves it, ``marked`` hands the findings back in a copy.
"""
