"""The environment variables that a run is given, and nothing else of its libraries.

Whoever sets the same ones, and runs the same code, gets the same numbers.
"""

# TensorFlow picks oneDNN's kernels by the processor; here they are always on, so that
# machines differ less. On a softmax layer with 3,072 inputs they halve the time of an
# epoch. One thread adds in one order, and leaves the other cores to other runs.
NUMBERS = {
    "PYTHONHASHSEED": "0",  # sets of texts then have one order in every run
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "TF_DETERMINISTIC_OPS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""What may change the last digits of a result."""

# glibc gives freed memory back to the system at once, and asking for it again costs a
# batch of images more than the arithmetic on it.
COMFORT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "MALLOC_MMAP_THRESHOLD_": str(2**25),  # bytes: larger blocks are given back at once
    "MALLOC_TOP_PAD_": str(2**26),  # bytes that each heap may keep
}
"""What makes a run quieter or quicker, and no number another."""
